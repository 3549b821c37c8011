package dev.latent.interactions;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.latent.interactions.TableHeader.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Turns the lines of a table into item records; a line that is not one is a problem. */
final class ItemRows implements FileImport.Lines {

    /** What MovieLens writes where it knows no category. */
    private static final Set<String> NO_CATEGORY = Set.of("(no genres listed)", "unknown");

    /** Columns that are fields of a record; all others are attributes. */
    private static final Set<Role> FIELDS = Set.of(Role.ITEM, Role.TITLE, Role.CATEGORIES, Role.AVAILABLE);

    private final String file;
    private final TableHeader header;
    private final Map<String, ItemRecord> items;
    private final ProblemLog problems;

    ItemRows(String file, TableHeader header, Map<String, ItemRecord> items, ProblemLog problems) {
        this.file = file;
        this.header = header;
        this.items = items;
        this.problems = problems;
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
            ItemRecord item = item(record);
            items.put(item.id(), item);
        } catch (InvalidValueException exception) {
            problems.line(
                    file, record.getStartingLineNumber(), columnOf(exception.field()) + 1, exception.getMessage());
        }
    }

    private ItemRecord item(CsvRecord record) {
        Map<String, String> attributes = new TreeMap<>();
        for (int column = 0; column < header.size(); column++) {
            String text = record.getField(column).strip();
            if (!isField(column) && !text.isEmpty()) {
                attributes.put(header.names().get(column), text);
            }
        }
        return new ItemRecord(
                record.getField(header.column(Role.ITEM)),
                field(record, Role.TITLE).strip(),
                categories(field(record, Role.CATEGORIES)),
                attributes,
                available(field(record, Role.AVAILABLE).strip()));
    }

    private boolean isField(int column) {
        return FIELDS.stream().anyMatch(role -> header.column(role) == column);
    }

    private String field(CsvRecord record, Role role) {
        int column = header.column(role);
        return column < 0 ? "" : record.getField(column);
    }

    /** Splits at bars; without an order of its own a repeated category counts once. */
    static List<String> categories(String text) {
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
            case "id" -> header.column(Role.ITEM);
            case "title" -> header.column(Role.TITLE);
            case "categories" -> header.column(Role.CATEGORIES);
            case "available" -> header.column(Role.AVAILABLE);
            default -> -1;
        };
    }
}
