package dev.latent.benchmarks.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * Reads files of lines {@code user, item[, value[, time]]} whose ids are whole numbers, parted by commas, tabs, blanks or
 * {@code ::}; with or without a header, gzipped or not. A file that is absent is looked for with {@code .gz} behind its
 * name. A line without a value counts 1.
 *
 * <p>Files that belong together are read by one reader: ids are numbered in ascending order over all of them, by {@link
 * #number}.
 */
public final class InteractionFiles {

    private static final int MAX_ID = Integer.MAX_VALUE - 8;

    private int userLimit;
    private int itemLimit;

    /** Creates a reader that has read nothing. */
    public InteractionFiles() {}

    /**
     * Reads one file.
     *
     * @param path of the file, with or without {@code .gz}
     * @return its lines, with the ids as numbers
     * @throws IOException when it is absent or has a line that cannot be read; the message names file and line
     */
    public Interactions read(Path path) throws IOException {
        Path file = find(path);
        Interactions rows = new Interactions();
        try (BufferedReader reader = reader(file)) {
            int number = 1;
            for (String line = reader.readLine(); line != null; line = reader.readLine(), number++) {
                boolean header = number == 1 && !line.isEmpty() && !Character.isDigit(line.charAt(0));
                if (!line.isBlank() && !header) {
                    addLine(line, rows, file, number);
                }
            }
        }
        return rows;
    }

    /**
     * Tells whether a file is there, with or without {@code .gz}.
     *
     * @param path without {@code .gz}
     * @return whether {@link #read} would open one
     */
    public static boolean exists(Path path) {
        return Files.isRegularFile(path) || Files.isRegularFile(gzipped(path));
    }

    /**
     * Opens a text file.
     *
     * @param path with or without {@code .gz}
     * @return its lines, to be closed
     * @throws IOException when it is absent or cannot be read
     */
    public static BufferedReader reader(Path path) throws IOException {
        return new BufferedReader(new InputStreamReader(open(find(path)), StandardCharsets.UTF_8));
    }

    private static Path find(Path path) throws NoSuchFileException {
        if (!exists(path)) {
            throw new NoSuchFileException(
                    path.toString(), null, "no such file, neither as it is nor with .gz; check the path");
        }
        return Files.isRegularFile(path) ? path : gzipped(path);
    }

    private static Path gzipped(Path path) {
        return path.resolveSibling(path.getFileName() + ".gz");
    }

    private static InputStream open(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
    }

    private void addLine(String line, Interactions rows, Path file, int number) throws IOException {
        LineFields fields = new LineFields(line);
        try {
            int user = id(fields.next());
            int item = id(fields.next());
            float value = fields.hasNext() ? Float.parseFloat(fields.next()) : 1;
            long time = fields.hasNext() ? Long.parseLong(fields.next()) : 0;
            rows.add(user, item, value, time);
            userLimit = Math.max(userLimit, user + 1);
            itemLimit = Math.max(itemLimit, item + 1);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    file + " line " + number + ": '" + line
                            + "', expected user, item[, value[, time]] with whole numbers" + " as ids",
                    e);
        }
    }

    private static int id(String text) {
        long id = Long.parseLong(text);
        if (id < 0 || id > MAX_ID) {
            throw new IllegalArgumentException("id " + id);
        }
        return (int) id;
    }

    /**
     * Numbers users and items of files by ascending id, without gaps, over all the files given.
     *
     * @param files as {@link #read} of this reader returned them
     * @return the same rows with new numbers
     */
    public NumberedFiles number(Interactions... files) {
        int[] users = new int[userLimit];
        int[] items = new int[itemLimit];
        for (Interactions rows : files) {
            for (int row = 0; row < rows.size(); row++) {
                users[rows.user(row)] = 1;
                items[rows.item(row)] = 1;
            }
        }
        int userCount = enumerate(users);
        int itemCount = enumerate(items);
        return new NumberedFiles(
                Arrays.stream(files).map(rows -> renumber(rows, users, items)).toList(), userCount, itemCount);
    }

    private static int enumerate(int[] present) {
        int next = 0;
        for (int id = 0; id < present.length; id++) {
            int here = present[id];
            present[id] = next;
            next += here;
        }
        return next;
    }

    private static Interactions renumber(Interactions rows, int[] users, int[] items) {
        Interactions renumbered = new Interactions();
        for (int row = 0; row < rows.size(); row++) {
            renumbered.add(users[rows.user(row)], items[rows.item(row)], rows.value(row), rows.time(row));
        }
        return renumbered;
    }
}
