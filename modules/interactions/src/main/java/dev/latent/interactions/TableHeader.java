package dev.latent.interactions;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which column of a table holds what.
 *
 * @param columns the column of each role that is there, from 0
 * @param names of all columns, as the file spells them; made up when it has no header
 * @param present whether the first line is a header and not data
 */
record TableHeader(Map<Role, Integer> columns, List<String> names, boolean present) {

    /** What a column can be. */
    enum Role {
        USER("userid user uid customerid customer visitorid visitor"),
        ITEM("itemid item iid movieid movie artistid artist productid product bookid"),
        VALUE("rating value score count plays weight quantity stars"),
        TIME("timestamp time unixtime ts"),
        TYPE("type event eventtype action"),
        TITLE("title name movietitle"),
        CATEGORIES("categories genres category genre"),
        AVAILABLE("available");

        private final String spellings;

        Role(String spellings) {
            this.spellings = " " + spellings + " ";
        }

        /** Whether a column is called so, in lower case without punctuation. */
        boolean isCalled(String plain) {
            return spellings.contains(" " + plain + " ");
        }
    }

    private static final Role[] WITHOUT_HEADER = {Role.USER, Role.ITEM, Role.VALUE, Role.TIME, Role.TYPE};

    /** Reads a header; empty when the record is none, because it names neither a user nor an item column. */
    static Optional<TableHeader> find(CsvRecord record) {
        Map<Role, Integer> columns = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (int column = 0; column < record.getFieldCount(); column++) {
            String name = record.getField(column).strip();
            names.add(name);
            String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
            for (Role role : Role.values()) {
                if (role.isCalled(plain)) {
                    columns.putIfAbsent(role, column);
                }
            }
        }
        return columns.containsKey(Role.USER) || columns.containsKey(Role.ITEM)
                ? Optional.of(new TableHeader(columns, names, true))
                : Optional.empty();
    }

    /** The columns of a table of interactions without a header: user, item, value, time, type, as many as there are. */
    static TableHeader positional(int fields) {
        Map<Role, Integer> columns = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (int column = 0; column < Math.min(fields, WITHOUT_HEADER.length); column++) {
            columns.put(WITHOUT_HEADER[column], column);
            names.add(WITHOUT_HEADER[column].name().toLowerCase(Locale.ROOT));
        }
        return new TableHeader(columns, names, false);
    }

    /** Whether the lines are items: no user, and either what only items have or nothing that only interactions have. */
    boolean isOfItems() {
        boolean likeItems = has(Role.TITLE) || has(Role.CATEGORIES);
        boolean likeInteractions = has(Role.VALUE) || has(Role.TIME);
        return present && has(Role.ITEM) && !has(Role.USER) && (likeItems || !likeInteractions);
    }

    boolean has(Role role) {
        return columns.containsKey(role);
    }

    /** Returns a column from 0, -1 when it is not there. */
    int column(Role role) {
        return columns.getOrDefault(role, -1);
    }

    int size() {
        return names.size();
    }
}
