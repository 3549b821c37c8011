package dev.latent.interactions;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.latent.interactions.TableHeader.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the files of one import into rows, records and problems; nothing enters the store here. */
final class FileImport {

    private static final int FIRST_LINE = 1 << 16;

    /** Takes the lines of a table, without its header. */
    interface Lines {
        void line(CsvRecord record) throws IOException;
    }

    private final ImportOptions options;
    private final InteractionSink rows;
    private final ProblemLog problems;
    private final Runnable checkOpen;
    private final Map<String, ItemRecord> items = new LinkedHashMap<>();
    private final Map<String, UserRecord> users = new LinkedHashMap<>();
    private List<String> genres = List.of();

    FileImport(ImportOptions options, InteractionSink rows, ProblemLog problems, Runnable checkOpen) {
        this.options = options;
        this.rows = rows;
        this.problems = problems;
        this.checkOpen = checkOpen;
    }

    Map<String, ItemRecord> items() {
        return items;
    }

    Map<String, UserRecord> users() {
        return users;
    }

    /** Reads a file to its end or to what makes reading on pointless; the bytes are not closed. */
    void read(ImportSource source, InputStream bytes) throws IOException {
        long before = seen();
        try {
            Reader text = TextInput.open(bytes, charset(source), options.limits());
            readText(source, new BufferedReader(text, FIRST_LINE));
            if (before == seen()) {
                problems.file(source.name(), 0, "holds no line of data");
            }
        } catch (ContentException exception) {
            problems.file(source.name(), exception.line(), exception.getMessage());
        }
    }

    private long seen() {
        return rows.rows() + items.size() + users.size() + genres.size() + problems.count();
    }

    /** MovieLens item files are Latin-1, their look-alikes UTF-8: whatever is UTF-8 throughout is UTF-8. */
    private Charset charset(ImportSource source) throws IOException {
        switch (source.kind()) {
            case TABLE, ITEMS, USERS, MOVIELENS_RATINGS -> {
                return StandardCharsets.UTF_8;
            }
            case MOVIELENS_ITEMS, MOVIELENS_MOVIES, MOVIELENS_GENRES, MOVIELENS_USERS, MOVIELENS_USERS_DAT -> {
                try (InputStream bytes = Files.newInputStream(source.path());
                        Reader strict = new InputStreamReader(
                                TextInput.unpack(bytes, options.limits()), StandardCharsets.UTF_8.newDecoder())) {
                    strict.transferTo(Writer.nullWriter());
                    return StandardCharsets.UTF_8;
                } catch (CharacterCodingException notUtf8) {
                    return StandardCharsets.ISO_8859_1;
                }
            }
        }
        throw new AssertionError(source.kind());
    }

    private void readText(ImportSource source, BufferedReader text) throws IOException {
        String firstLine = firstLine(text);
        if (firstLine.isEmpty()) {
            return;
        }
        for (int i = 0; i < firstLine.length(); i++) {
            if (Character.isISOControl(firstLine.charAt(i)) && firstLine.charAt(i) != '\t') {
                throw new ContentException(
                        1, String.format("holds the control character U+%04X; is it text?", (int) firstLine.charAt(i)));
            }
        }
        TableFormat format = switch (source.kind()) {
            case MOVIELENS_ITEMS, MOVIELENS_GENRES, MOVIELENS_USERS -> TableFormat.BAR;
            case MOVIELENS_MOVIES, MOVIELENS_USERS_DAT -> TableFormat.DOUBLE_COLON;
            case TABLE, ITEMS, USERS, MOVIELENS_RATINGS ->
                TableFormat.detect(firstLine)
                        .orElseThrow(() -> new ContentException(
                                1,
                                "'" + Names.shown(firstLine)
                                        + "' holds no known separator; use comma, tab, semicolon, '::' or '|'"));
        };
        readTable(source, format.read(text, options.limits().maxLineCharacters()));
    }

    /** The first line that is not blank, or its start, without moving on. */
    private static String firstLine(BufferedReader text) throws IOException {
        text.mark(FIRST_LINE);
        char[] start = new char[FIRST_LINE];
        int count = 0;
        for (int read = 0; read >= 0 && count < start.length; read = text.read(start, count, start.length - count)) {
            count += read;
        }
        text.reset();
        return new String(start, 0, count)
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("");
    }

    private void readTable(ImportSource source, CsvReader<CsvRecord> reader) throws IOException {
        long line = 0;
        try (reader) {
            Iterator<CsvRecord> records = reader.iterator();
            @Nullable Lines lines = null;
            while (records.hasNext()) {
                CsvRecord record = records.next();
                line = record.getStartingLineNumber();
                if ((line & 0xFFFF) == 0) {
                    checkOpen.run();
                }
                if (isBlank(record)) {
                    continue;
                }
                if (lines == null) {
                    lines = lines(source, record);
                } else {
                    lines.line(record);
                }
            }
        } catch (UncheckedIOException | CsvParseException exception) {
            throw contentProblem(exception, line + 1);
        }
    }

    private static boolean isBlank(CsvRecord record) {
        return record.getFieldCount() == 1 && record.getField(0).isBlank();
    }

    /** What the parser threw because of the content, whichever way it wrapped it. */
    private static IOException contentProblem(RuntimeException thrown, long line) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ContentException content) {
                return content;
            }
            if (cause instanceof IOException failure) {
                return failure;
            }
        }
        ContentException exception = new ContentException(line, "cannot be parsed: " + thrown.getMessage());
        exception.initCause(thrown);
        return exception;
    }

    /** Decides what the table is and hands over its first record unless that is the header. */
    private Lines lines(ImportSource source, CsvRecord first) throws IOException {
        return switch (source.kind()) {
            case MOVIELENS_ITEMS -> started(new MovieLensItemRows(source.name(), genres, items, problems), first);
            case MOVIELENS_GENRES -> {
                genres = new ArrayList<>();
                yield started(record -> genres.add(record.getField(0).strip()), first);
            }
            case MOVIELENS_MOVIES -> {
                TableHeader header = new TableHeader(
                        Map.of(Role.ITEM, 0, Role.TITLE, 1, Role.CATEGORIES, 2),
                        List.of("id", "title", "genres"),
                        false);
                yield started(RecordRows.ofItems(source.name(), header, items, problems), first);
            }
            case MOVIELENS_RATINGS -> interactions(source, TableHeader.positional(first.getFieldCount()), first);
            case TABLE -> table(source, first);
            case ITEMS -> items(source, first);
            case USERS -> users(source, first);
            case MOVIELENS_USERS -> users(source, first, "id", "age", "gender", "occupation", "zip_code");
            case MOVIELENS_USERS_DAT -> users(source, first, "id", "gender", "age", "occupation", "zip_code");
        };
    }

    private Lines table(ImportSource source, CsvRecord first) throws IOException {
        TableHeader header = TableHeader.find(first).orElseGet(() -> TableHeader.positional(first.getFieldCount()));
        if (header.isOfItems()) {
            return RecordRows.ofItems(source.name(), header, items, problems);
        }
        return interactions(source, header, first);
    }

    private Lines items(ImportSource source, CsvRecord first) throws IOException {
        return RecordRows.ofItems(source.name(), header(first, Role.ITEM, Role.USER, "item"), items, problems);
    }

    private Lines users(ImportSource source, CsvRecord first) throws IOException {
        return RecordRows.ofUsers(source.name(), header(first, Role.USER, Role.ITEM, "user"), users, problems);
    }

    private static TableHeader header(CsvRecord first, Role id, Role other, String what) throws IOException {
        return TableHeader.find(first)
                .filter(found -> found.has(id) && !found.has(other))
                .orElseThrow(() -> new ContentException(
                        first.getStartingLineNumber(),
                        "'" + Names.shown(String.join(", ", first.getFields())) + "' is not the header of a table of "
                                + what + "s; name their column " + what + "_id, and the others as their attributes are"
                                + " called"));
    }

    /** Users under names that the file does not hold; the first is the id. */
    private Lines users(ImportSource source, CsvRecord first, String... names) throws IOException {
        TableHeader header = new TableHeader(Map.of(Role.USER, 0), List.of(names), false);
        return started(RecordRows.ofUsers(source.name(), header, users, problems), first);
    }

    private Lines interactions(ImportSource source, TableHeader header, CsvRecord first) throws IOException {
        if (!header.has(Role.USER) || !header.has(Role.ITEM)) {
            throw new ContentException(
                    first.getStartingLineNumber(),
                    "has no column for the " + (header.has(Role.USER) ? "item" : "user") + "; the columns are "
                            + Names.shown(String.join(", ", header.names()))
                            + "; name them user_id, item_id, rating, timestamp, type, or call the file users.csv when its"
                            + " lines are users");
        }
        if (!header.present()) {
            checkPositional(header, first);
        }
        InteractionRows lines = new InteractionRows(source.name(), header, options, rows, problems);
        return header.present() ? lines : started(lines, first);
    }

    /** A first line that is no header must be data, else it is a header in words that are not known. */
    private static void checkPositional(TableHeader header, CsvRecord first) throws IOException {
        boolean tooMany = first.getFieldCount() > header.size();
        boolean numeric = !header.has(Role.VALUE) || isNumber(first.getField(header.column(Role.VALUE)));
        if (tooMany || !numeric) {
            throw new ContentException(
                    first.getStartingLineNumber(),
                    "'" + Names.shown(String.join(", ", first.getFields()))
                            + "' is neither a header that names a user and an item column (user_id, item_id, rating,"
                            + " timestamp, type) nor data in the order user, item, value, time, type");
        }
    }

    private static boolean isNumber(String text) {
        try {
            if (!text.isBlank()) {
                Numbers.value(text.strip());
            }
            return true;
        } catch (InvalidValueException notNumber) {
            return false;
        }
    }

    private static Lines started(Lines lines, CsvRecord first) throws IOException {
        lines.line(first);
        return lines;
    }

    /** Refuses text in which bytes were not of the charset. */
    static void checkDecoded(String field, String text) {
        int position = text.indexOf(TextInput.INVALID);
        if (position >= 0) {
            throw new InvalidValueException(field, "is not valid UTF-8 at position " + position);
        }
    }
}
