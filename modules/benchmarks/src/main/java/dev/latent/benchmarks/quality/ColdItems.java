package dev.latent.benchmarks.quality;

import dev.latent.benchmarks.data.InteractionFiles;
import dev.latent.benchmarks.data.Interactions;
import dev.latent.benchmarks.data.NamedInteractions;
import dev.latent.evaluation.FeaturedSnapshot;
import dev.latent.evaluation.Measurement;
import dev.latent.evaluation.RankingEvaluator;
import dev.latent.evaluation.RelevanceRule;
import dev.latent.evaluation.Scorer;
import dev.latent.evaluation.SplitSnapshot;
import dev.latent.math.SeededRandom;
import dev.latent.spi.SparseRows;
import dev.latent.spi.TrainedModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A tenth of the items loses all interactions, and is to be ranked by its features alone: the categories of {@code items.csv}
 * ({@code item_id,title,…,CATEGORY|CATEGORY}), of which each weighs 1.
 *
 * @param parts the interactions with the other items, with features of all items; and the hidden interactions
 * @param hidden the hidden items
 */
record ColdItems(SplitSnapshot parts, BitSet hidden) {

    private static final double SHARE = 0.1;
    private static final int CUTOFF = 20;
    private static final String RECALL = "recall@" + CUTOFF;

    /** Scores the hidden items; the others come last. */
    private record HiddenOnly(Scorer scorer, BitSet hidden) implements Scorer {
        @Override
        public int itemCount() {
            return scorer.itemCount();
        }

        @Override
        public void score(int firstUser, int count, float[][] scores) {
            scorer.score(firstUser, count, scores);
            for (int user = 0; user < count; user++) {
                for (int item = hidden.nextClearBit(0); item < itemCount(); item = hidden.nextClearBit(item + 1)) {
                    scores[user][item] = Float.NEGATIVE_INFINITY;
                }
            }
        }
    }

    /** Reads a data set and hides items, drawn by a seed. */
    static ColdItems read(Path folder, long seed, Arena arena) throws IOException {
        NamedInteractions named = NamedInteractions.read(folder.resolve("interactions.csv"));
        int items = named.items().size();
        BitSet hidden = draw(items, seed);
        Interactions rows = named.rows();
        Interactions train = new Interactions();
        Interactions test = new Interactions();
        for (int row = 0; row < rows.size(); row++) {
            (hidden.get(rows.item(row)) ? test : train)
                    .add(rows.user(row), rows.item(row), rows.value(row), rows.time(row));
        }
        int users = named.users().size();
        SparseRows features = features(folder.resolve("items.csv"), named.items(), arena);
        return new ColdItems(
                new SplitSnapshot(
                        FeaturedSnapshot.of(train.pack(users, items, arena), Optional.of(features), Optional.empty()),
                        test.pack(users, items, arena)),
                hidden);
    }

    private static BitSet draw(int items, long seed) {
        int[] order = new int[items];
        Arrays.setAll(order, item -> item);
        SeededRandom random = SeededRandom.of(seed, 0);
        BitSet hidden = new BitSet(items);
        for (int index = 0; index < Math.round(SHARE * items); index++) {
            int other = index + random.nextInt(items - index);
            hidden.set(order[other]);
            order[other] = order[index];
        }
        return hidden;
    }

    private static SparseRows features(Path file, List<String> items, Arena arena) throws IOException {
        Map<String, Integer> numbers = new HashMap<>();
        items.forEach(item -> numbers.put(item, numbers.size()));
        Map<String, Integer> categories = new TreeMap<>();
        Map<Integer, String[]> byItem = new TreeMap<>();
        try (BufferedReader reader = InteractionFiles.reader(file)) {
            reader.readLine();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                Integer item = numbers.get(line.substring(0, line.indexOf(',')));
                String[] words = line.substring(line.lastIndexOf(',') + 1).split("\\|", -1);
                if (item != null && !words[0].isEmpty()) {
                    byItem.put(item, words);
                    for (String word : words) {
                        categories.putIfAbsent(word, categories.size());
                    }
                }
            }
        }
        Interactions rows = new Interactions();
        byItem.forEach((item, words) ->
                Arrays.stream(words).distinct().forEach(word -> rows.add(item, categories.getOrDefault(word, 0), 1)));
        return rows.pack(items.size(), categories.size(), arena).byUser();
    }

    /** What a model finds of the hidden items, beside what drawing them by lot would. */
    Measurement measure(TrainedModel model, int threads) {
        Scorer scorer = new HiddenOnly(Scorer.of(model, parts.train()), hidden);
        Measurement measured = new RankingEvaluator(List.of(10, CUTOFF), RelevanceRule.ALL, threads)
                .evaluate(scorer, parts.train(), parts.test());
        Map<String, Double> metrics = new LinkedHashMap<>(measured.metrics());
        metrics.put(RECALL + "_random", recallByLot());
        return new Measurement(measured.users(), measured.interactions(), metrics);
    }

    /** The expectation of recall when the list is drawn by lot from the hidden items: the share of them that it holds. */
    private double recallByLot() {
        return (double) Math.min(CUTOFF, hidden.cardinality()) / hidden.cardinality();
    }
}
