package dev.latent.benchmarks.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Interactions of a file whose ids are texts: {@code user_id,item_id,rating,timestamp} with a header, gzipped or not, where
 * an empty rating counts 1 and an empty time is unknown. Repeats of a pair become one row, with the sum of their ratings
 * and the latest of their times.
 *
 * @param rows in the order in which each pair first occurs
 * @param users by number, ascending as texts
 * @param items by number, ascending as texts
 */
public record NamedInteractions(Interactions rows, List<String> users, List<String> items) {

    private static final int FIELDS = 4;

    /** Copies the names. */
    public NamedInteractions {
        users = List.copyOf(users);
        items = List.copyOf(items);
    }

    private record Line(String user, String item, float value, long time) {}

    /** What became of the lines of one pair. */
    private static final class Pair {
        private final int user;
        private final int item;
        private float value;
        private long time;

        private Pair(int user, int item) {
            this.user = user;
            this.item = item;
        }
    }

    /**
     * Reads a file.
     *
     * @param path with or without {@code .gz}
     * @return its interactions
     * @throws IOException when it is absent or has a line that cannot be read; the message names file and line
     */
    public static NamedInteractions read(Path path) throws IOException {
        List<Line> lines = new ArrayList<>();
        TreeSet<String> userNames = new TreeSet<>();
        TreeSet<String> itemNames = new TreeSet<>();
        try (BufferedReader reader = InteractionFiles.reader(path)) {
            reader.readLine();
            int number = 2;
            for (String text = reader.readLine(); text != null; text = reader.readLine(), number++) {
                Line line = parse(text, path, number);
                userNames.add(line.user());
                itemNames.add(line.item());
                lines.add(line);
            }
        }
        Map<String, Integer> users = number(userNames);
        Map<String, Integer> items = number(itemNames);
        return new NamedInteractions(combine(lines, users, items), List.copyOf(userNames), List.copyOf(itemNames));
    }

    private static Line parse(String text, Path path, int number) throws IOException {
        String[] fields = text.split(",", -1);
        if (fields.length != FIELDS) {
            throw new IOException(path + " line " + number + ": '" + text + "' has " + fields.length
                    + " fields, expected user_id,item_id,rating,timestamp");
        }
        try {
            return new Line(
                    fields[0],
                    fields[1],
                    fields[2].isEmpty() ? 1 : Float.parseFloat(fields[2]),
                    fields[3].isEmpty() ? 0 : Long.parseLong(fields[3]));
        } catch (NumberFormatException e) {
            throw new IOException(
                    path + " line " + number + ": '" + text + "', expected a number as rating and Unix seconds as time",
                    e);
        }
    }

    private static Map<String, Integer> number(TreeSet<String> names) {
        Map<String, Integer> numbers = new HashMap<>(2 * names.size());
        names.forEach(name -> numbers.put(name, numbers.size()));
        return numbers;
    }

    private static Interactions combine(List<Line> lines, Map<String, Integer> users, Map<String, Integer> items) {
        Map<Long, Pair> pairs = new HashMap<>();
        List<Pair> order = new ArrayList<>();
        for (Line line : lines) {
            int user = users.getOrDefault(line.user(), 0);
            int item = items.getOrDefault(line.item(), 0);
            Pair pair = pairs.computeIfAbsent(((long) user << 32) | item, _ -> {
                Pair fresh = new Pair(user, item);
                order.add(fresh);
                return fresh;
            });
            pair.value += line.value();
            pair.time = Math.max(pair.time, line.time());
        }
        Interactions rows = new Interactions();
        order.forEach(pair -> rows.add(pair.user, pair.item, pair.value, pair.time));
        return rows;
    }
}
