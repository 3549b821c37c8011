package dev.latent.algorithms.ease;

import dev.latent.spi.History;
import dev.latent.spi.ScoringModel;
import dev.latent.spi.Snapshot;
import dev.latent.testkit.InMemorySnapshot;
import dev.latent.testkit.ModelContent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * A data set from which one item of each user with at least two was taken: the latest; of equally late ones, and where no
 * times are known, that of the greatest scrambled number. Numbers are given in the order of the file.
 *
 * @param train the others; all values are 1
 * @param held the item of each user, in ascending order of the users
 */
record HeldOut(Snapshot train, Map<Integer, Integer> held) {

    /** NDCG@10 and Recall@20 over the full catalogue without the items of the history. */
    record Figures(double ndcg, double recall) {}

    static HeldOut read(Path file) throws IOException {
        Map<String, Integer> users = new HashMap<>();
        Map<String, Integer> items = new HashMap<>();
        Map<Integer, Map<Integer, Long>> rows = new TreeMap<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            reader.readLine();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] fields = line.split(",", -1);
                int user = users.computeIfAbsent(fields[0], id -> users.size());
                int item = items.computeIfAbsent(fields[1], id -> items.size());
                long time = fields[3].isEmpty() ? 0 : Long.parseLong(fields[3]);
                rows.computeIfAbsent(user, key -> new TreeMap<>()).merge(item, time, Math::max);
            }
        }
        InMemorySnapshot.Builder train = InMemorySnapshot.builder(users.size(), items.size());
        Map<Integer, Integer> held = new LinkedHashMap<>();
        rows.forEach((user, times) -> {
            int last = last(times);
            if (times.size() > 1) {
                held.put(user, last);
            }
            times.keySet().stream()
                    .filter(item -> times.size() == 1 || item != last)
                    .forEach(item -> train.add(user, item, 1));
        });
        return new HeldOut(train.build(), held);
    }

    private static int last(Map<Integer, Long> times) {
        return times.entrySet().stream()
                .max(Map.Entry.<Integer, Long>comparingByValue()
                        .thenComparing(Map.Entry::getKey, Comparator.comparingLong(HeldOut::scramble)))
                .orElseThrow()
                .getKey();
    }

    private static long scramble(int item) {
        return (item + 1L) * 2_654_435_761L % (1L << 32);
    }

    Figures measure(ScoringModel model) {
        float[] scores = new float[model.itemCount()];
        double ndcg = 0;
        double recall = 0;
        for (Map.Entry<Integer, Integer> entry : held.entrySet()) {
            History history = ModelContent.history(train, entry.getKey());
            model.score(history, scores);
            for (int item : history.items()) {
                scores[item] = Float.NEGATIVE_INFINITY;
            }
            int rank = rank(scores, entry.getValue());
            ndcg += rank < 10 ? Math.log(2) / Math.log(rank + 2) : 0;
            recall += rank < 20 ? 1 : 0;
        }
        return new Figures(ndcg / held.size(), recall / held.size());
    }

    /** Counts the items before one, the lower number first among equals. */
    private static int rank(float[] scores, int item) {
        int before = 0;
        for (int other = 0; other < scores.length; other++) {
            before += scores[other] > scores[item] || (scores[other] == scores[item] && other < item) ? 1 : 0;
        }
        return before;
    }
}
