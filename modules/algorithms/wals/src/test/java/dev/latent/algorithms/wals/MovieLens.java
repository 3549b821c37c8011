package dev.latent.algorithms.wals;

import dev.latent.algorithms.wals.Interactions.Entry;
import dev.latent.math.SeededRandom;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Reads the data sets of the quality checks, and cuts them. */
final class MovieLens {

    /** What to learn from, and what to predict. */
    record Cut(Interactions train, List<Entry> test) {}

    private final Map<String, Integer> users = new HashMap<>();
    private final Map<String, Integer> items = new HashMap<>();

    /** Reads tab-separated training and test files with ids in common. */
    static Cut fold(Path folder, String train, String test) throws IOException {
        MovieLens ids = new MovieLens();
        List<Entry> learned = ids.read(folder.resolve(train), "\t", false);
        List<Entry> asked = ids.read(folder.resolve(test), "\t", false);
        return new Cut(ids.interactions(learned), asked);
    }

    /** Reads user_id,item_id,rating,timestamp. */
    static Interactions interactions(Path file) throws IOException {
        MovieLens ids = new MovieLens();
        return ids.interactions(ids.read(file, ",", true));
    }

    private Interactions interactions(List<Entry> entries) {
        return new Interactions(users.size(), items.size(), entries);
    }

    private List<Entry> read(Path file, String separator, boolean header) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return new ArrayList<>(reader.lines()
                    .skip(header ? 1 : 0)
                    .map(line -> entry(line.split(separator, -1)))
                    .toList());
        }
    }

    private Entry entry(String[] fields) {
        return new Entry(
                users.computeIfAbsent(fields[0], id -> users.size()),
                items.computeIfAbsent(fields[1], id -> items.size()),
                Float.parseFloat(fields[2]),
                Long.parseLong(fields[3]));
    }

    /** Holds out every user's latest interaction, the one of the greatest item number among equally late ones. */
    static Cut withoutLast(Interactions all) {
        List<Entry> train = new ArrayList<>();
        List<Entry> test = new ArrayList<>();
        for (List<Entry> history : all.byUser()) {
            history.sort(Comparator.comparingLong(Entry::time).thenComparingInt(Entry::item));
            boolean enough = history.size() > 1;
            train.addAll(enough ? history.subList(0, history.size() - 1) : history);
            test.addAll(enough ? history.subList(history.size() - 1, history.size()) : List.of());
        }
        return new Cut(all.withEntries(train), test);
    }

    /** Holds out a random share. */
    static Cut withoutShare(Interactions all, double share, long seed) {
        SeededRandom random = SeededRandom.of(seed, 0);
        List<Entry> train = new ArrayList<>();
        List<Entry> test = new ArrayList<>();
        all.entries().forEach(entry -> (random.nextDouble() < share ? test : train).add(entry));
        return new Cut(all.withEntries(train), test);
    }
}
