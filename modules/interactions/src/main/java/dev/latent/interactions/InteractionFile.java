package dev.latent.interactions;

import dev.latent.interactions.ImportSource.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Reads one file of interactions without a store, by the same rules as an import: what training and evaluation do that need
 * no server. A file is a table of {@code user, item[, value[, time[, type]]]} parted by comma, tab, semicolon, {@code |} or
 * {@code ::}, with or without a header that names the columns, or by blanks, without a header; or lists, {@code user item
 * item item …} parted by blanks. It may be packed by gzip, which its first bytes tell.
 *
 * <p>A line that cannot be read refuses the file.
 */
public final class InteractionFile {

    private static final int MAX_TABLE_FIELDS = 4;
    private static final Pattern BLANKS = Pattern.compile("[ \t]+");

    private InteractionFile() {}

    /** How a file lays out its interactions. */
    public enum Layout {
        /** Parted by blanks and with a line of more than four fields: lists; everything else a table. */
        DETECT,
        /** One interaction a line. */
        TABLE,
        /** One user a line: the user, then items, parted by blanks; each with value 1. */
        LISTS
    }

    /** Takes interactions in the order of the file. */
    @FunctionalInterface
    public interface Receiver {

        /**
         * Takes one interaction.
         *
         * @param userId as {@link Interaction} has it
         * @param itemId the same
         * @param value 1 when the file has none
         * @param time seconds since 1970 UTC, 0 when not known
         */
        void accept(String userId, String itemId, float value, long time);
    }

    /** Counts what it hands on. */
    private static final class Counter implements InteractionSink {
        private final Receiver receiver;
        private long rows;

        Counter(Receiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public void add(String userId, String itemId, float value, long time, String type) {
            receiver.accept(userId, itemId, value, time);
            rows++;
        }

        @Override
        public long rows() {
            return rows;
        }
    }

    /** Takes the fields of the lines of a file that are parted by blanks. */
    private interface BlankFields {
        void line(String[] fields) throws IOException;
    }

    /**
     * Reads a file from its first to its last line.
     *
     * @param file what to read
     * @param layout how it is laid out
     * @param receiver takes the interactions
     * @return how many there were
     * @throws IOException when it does not exist or cannot be read
     * @throws InvalidValueException when a line is not an interaction, or there is none: with file, line and reason
     */
    public static long read(Path file, Layout layout, Receiver receiver) throws IOException {
        Counter rows = new Counter(receiver);
        ProblemLog problems = new ProblemLog(ImportOptions.defaults().maxProblems());
        if (layout != Layout.TABLE && isBlankSeparated(file)) {
            boolean lists = layout == Layout.LISTS || hasLongLine(file);
            readBlankSeparated(file, problems, fields -> {
                if (lists) {
                    addList(fields, rows);
                } else {
                    addRow(fields, rows);
                }
            });
        } else if (layout == Layout.LISTS) {
            problems.file(name(file), 1, "holds no blank, expected lists: user item item item ...");
        } else {
            readTable(file, rows, problems);
        }
        if (problems.count() == 0 && rows.rows() == 0) {
            problems.file(name(file), 0, "holds no interaction");
        }
        problems.checkNone(file);
        return rows.rows();
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static void readTable(Path file, Counter rows, ProblemLog problems) throws IOException {
        FileImport table = new FileImport(ImportOptions.defaults(), rows, problems, () -> {});
        try (InputStream bytes = Files.newInputStream(file)) {
            table.read(new ImportSource(file, name(file), Kind.TABLE), bytes);
        }
        if (!table.items().isEmpty()) {
            problems.file(name(file), 1, "holds items, expected interactions: user, item[, value[, time]]");
        }
    }

    /** Whether the first line that is not empty holds blanks and none of the separators of tables. */
    private static boolean isBlankSeparated(Path file) throws IOException {
        boolean[] result = new boolean[1];
        try {
            scan(file, line -> {
                result[0] = line.strip().indexOf(' ') > 0
                        && TableFormat.detect(line).isEmpty();
                return false;
            });
        } catch (ContentException e) {
            return false; // the table's reader tells it with its line
        }
        return result[0];
    }

    private static boolean hasLongLine(Path file) throws IOException {
        boolean[] found = new boolean[1];
        scan(file, line -> {
            found[0] = BLANKS.split(line.strip(), MAX_TABLE_FIELDS + 2).length > MAX_TABLE_FIELDS;
            return !found[0];
        });
        return found[0];
    }

    /** Looks at a line and says whether to go on. */
    private interface Look {
        boolean at(String line);
    }

    private static void scan(Path file, Look look) throws IOException {
        try (InputStream bytes = Files.newInputStream(file);
                BufferedReader text = open(bytes)) {
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                if (!line.isBlank() && !look.at(line)) {
                    return;
                }
            }
        }
    }

    private static BufferedReader open(InputStream bytes) throws IOException {
        return new BufferedReader(TextInput.open(
                bytes, StandardCharsets.UTF_8, ImportOptions.defaults().limits()));
    }

    private static void readBlankSeparated(Path file, ProblemLog problems, BlankFields lines) throws IOException {
        try (InputStream bytes = Files.newInputStream(file);
                BufferedReader text = open(bytes)) {
            long number = 0;
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                number++;
                if (!line.isBlank()) {
                    try {
                        lines.line(BLANKS.split(line.strip()));
                    } catch (InvalidValueException e) {
                        problems.line(name(file), number, 0, String.valueOf(e.getMessage()));
                    }
                }
            }
        } catch (ContentException e) {
            problems.file(name(file), e.line(), String.valueOf(e.getMessage()));
        }
    }

    private static void addList(String[] fields, Counter rows) {
        checkId("user_id", fields[0]);
        for (int index = 1; index < fields.length; index++) {
            checkId("item_id", fields[index]);
            rows.add(fields[0], fields[index], 1f, 0, "");
        }
    }

    private static void addRow(String[] fields, Counter rows) {
        if (fields.length < 2) {
            throw new InvalidValueException("line", "has 1 field, expected user, item[, value[, time]]");
        }
        checkId("user_id", fields[0]);
        checkId("item_id", fields[1]);
        float value = fields.length > 2 ? Numbers.value(fields[2]) : 1f;
        long time = fields.length > 3 ? Numbers.time(fields[3]) : 0;
        rows.add(fields[0], fields[1], value, time, "");
    }

    private static void checkId(String field, String id) {
        FileImport.checkDecoded(field, id);
        Names.checkId(field, id);
    }
}
