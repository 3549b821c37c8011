package dev.latent.interactions;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.latent.interactions.TableHeader.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Turns the lines of a table into records of items or users; a line that is not one is a problem. */
final class RecordRows<R> implements FileImport.Lines {

    /** What MovieLens writes where it knows no category. */
    private static final Set<String> NO_CATEGORY = Set.of("(no genres listed)", "unknown");

    private final String file;
    private final TableHeader header;
    private final Role id;
    private final Function<Fields, R> make;
    private final Consumer<R> sink;
    private final ProblemLog problems;

    private RecordRows(
            String file, TableHeader header, Role id, Function<Fields, R> make, Consumer<R> sink, ProblemLog problems) {
        this.file = file;
        this.header = header;
        this.id = id;
        this.make = make;
        this.sink = sink;
        this.problems = problems;
    }

    /** Reads item records; of equal ids the last counts. */
    static RecordRows<ItemRecord> ofItems(
            String file, TableHeader header, Map<String, ItemRecord> items, ProblemLog problems) {
        return new RecordRows<>(
                file, header, Role.ITEM, RecordRows::item, item -> items.put(item.id(), item), problems);
    }

    /** Reads user records; of equal ids the last counts. */
    static RecordRows<UserRecord> ofUsers(
            String file, TableHeader header, Map<String, UserRecord> users, ProblemLog problems) {
        return new RecordRows<>(
                file, header, Role.USER, RecordRows::user, user -> users.put(user.id(), user), problems);
    }

    private static ItemRecord item(Fields fields) {
        return new ItemRecord(
                fields.of(Role.ITEM),
                fields.of(Role.TITLE).strip(),
                categories(fields.of(Role.CATEGORIES)),
                fields.attributes(Set.of(Role.ITEM, Role.TITLE, Role.CATEGORIES, Role.AVAILABLE)),
                available(fields.of(Role.AVAILABLE).strip()));
    }

    private static UserRecord user(Fields fields) {
        return new UserRecord(
                fields.of(Role.USER),
                categories(fields.of(Role.CATEGORIES)),
                fields.attributes(Set.of(Role.USER, Role.CATEGORIES)));
    }

    @Override
    public void line(CsvRecord record) {
        if (record.getFieldCount() != header.size()) {
            problems.line(
                    file,
                    record.getStartingLineNumber(),
                    0,
                    "has " + record.getFieldCount() + " fields, expected " + header.size() + ": "
                            + String.join(", ", header.names()));
            return;
        }
        try {
            for (String text : record.getFields()) {
                FileImport.checkDecoded("field", text);
            }
            sink.accept(make.apply(new Fields(header, record)));
        } catch (InvalidValueException exception) {
            problems.line(
                    file, record.getStartingLineNumber(), columnOf(exception.field()) + 1, exception.getMessage());
        }
    }

    /** The fields of a line by what they are. */
    private record Fields(TableHeader header, CsvRecord record) {

        String of(Role role) {
            int column = header.column(role);
            return column < 0 ? "" : record.getField(column);
        }

        /** All columns but those that have a role among these. */
        Map<String, String> attributes(Set<Role> roles) {
            Map<String, String> attributes = new TreeMap<>();
            for (int index = 0; index < header.size(); index++) {
                int column = index;
                String text = record.getField(column).strip();
                if (!text.isEmpty() && roles.stream().noneMatch(role -> header.column(role) == column)) {
                    attributes.put(header.names().get(column), text);
                }
            }
            return attributes;
        }
    }

    /** Splits at bars; without an order of its own a repeated category counts once. */
    private static List<String> categories(String text) {
        return Arrays.stream(text.split("\\|"))
                .map(String::strip)
                .filter(category -> !category.isEmpty() && !NO_CATEGORY.contains(category))
                .distinct()
                .toList();
    }

    private static boolean available(String text) {
        return switch (text) {
            case "", "true", "1" -> true;
            case "false", "0" -> false;
            default ->
                throw new InvalidValueException(
                        "available", "is '" + Names.shown(text) + "', must be true, false or empty");
        };
    }

    private int columnOf(String field) {
        return switch (field) {
            case "id" -> header.column(id);
            case "title" -> header.column(Role.TITLE);
            case "categories" -> header.column(Role.CATEGORIES);
            case "available" -> header.column(Role.AVAILABLE);
            default -> -1;
        };
    }
}
