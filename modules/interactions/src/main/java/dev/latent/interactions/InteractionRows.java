package dev.latent.interactions;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.latent.interactions.TableHeader.Role;
import java.io.IOException;

/** Turns the lines of a table into interactions; a line that is not one is a problem. */
final class InteractionRows implements FileImport.Lines {

    private final String file;
    private final TableHeader header;
    private final ImportOptions options;
    private final InteractionSink rows;
    private final ProblemLog problems;
    private final int user;
    private final int item;
    private final int value;
    private final int time;
    private final int type;

    InteractionRows(String file, TableHeader header, ImportOptions options, InteractionSink rows, ProblemLog problems) {
        this.file = file;
        this.header = header;
        this.options = options;
        this.rows = rows;
        this.problems = problems;
        user = header.column(Role.USER);
        item = header.column(Role.ITEM);
        value = header.column(Role.VALUE);
        time = header.column(Role.TIME);
        type = header.column(Role.TYPE);
    }

    @Override
    public void line(CsvRecord record) throws IOException {
        if (record.getFieldCount() != header.size()) {
            problems.line(
                    file,
                    record.getStartingLineNumber(),
                    0,
                    "has " + record.getFieldCount() + " fields, expected " + header.size() + ": "
                            + String.join(", ", header.names()));
            return;
        }
        int column = user;
        try {
            String userId = id(record, user, "user_id");
            column = item;
            String itemId = id(record, item, "item_id");
            column = value;
            String text = field(record, value);
            float parsedValue = text.isEmpty() ? options.defaultValue() : Numbers.value(text);
            column = time;
            text = field(record, time);
            long parsedTime = text.isEmpty() ? 0 : Numbers.time(text);
            column = type;
            String typeName = field(record, type);
            if (typeName.isEmpty()) {
                typeName = options.type();
            } else {
                Names.checkType("type", typeName);
            }
            rows.add(userId, itemId, parsedValue, parsedTime, typeName);
        } catch (InvalidValueException exception) {
            problems.line(file, record.getStartingLineNumber(), column + 1, exception.getMessage());
        }
    }

    private static String field(CsvRecord record, int column) {
        return column < 0 ? "" : record.getField(column).strip();
    }

    private static String id(CsvRecord record, int column, String field) {
        String id = record.getField(column);
        FileImport.checkDecoded(field, id);
        Names.checkId(field, id);
        return id;
    }
}
