package dev.latent.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import dev.latent.testkit.InMemorySnapshot;
import dev.latent.testkit.SyntheticSnapshots;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The measures of rankings against values by hand and against a naive computation. */
class RankingEvaluatorTest {

    private final Arena arena = Arena.ofAuto();

    @Test
    void evaluate_smallCase_isAsByHand() {
        // Scores descend with the item number. User 0 has seen item 0, so its list is 1 2 3 4; relevant are 2 and 4.
        Snapshot train =
                InMemorySnapshot.builder(2, 5).add(0, 0, 1).add(1, 4, 1).build();
        Snapshot test = InMemorySnapshot.builder(2, 5).add(0, 2, 5).add(0, 4, 5).build();

        Measurement measured = evaluator(RelevanceRule.ALL, 1, 1, 2, 3).evaluate(descending(5), train, test);

        assertThat(measured.users()).isEqualTo(1);
        assertThat(measured.interactions()).isEqualTo(2);
        Map<String, Double> metrics = measured.metrics();
        assertThat(metrics.get("recall@2")).isEqualTo(0.5);
        assertThat(metrics.get("recall@3")).isEqualTo(0.5);
        assertThat(metrics.get("hr@2")).isEqualTo(1.0);
        assertThat(metrics.get("recall@1")).isZero();
        double ideal = 1 + 1 / log2(3);
        assertThat(metrics.get("ndcg@2")).isCloseTo(1 / log2(3) / ideal, within(1e-12));
        assertThat(metrics.get("mrr")).isEqualTo(0.5);
        assertThat(metrics.get("coverage@2")).isEqualTo(0.4);
        // One item, the first by number of those with one interaction, is popular: item 0, which nobody is recommended.
        assertThat(metrics.get("popularity_share@2")).isZero();
    }

    @Test
    void recall_isOfAllRelevantItems_butCappedForHeldOutUsers() {
        Snapshot train = SyntheticSnapshots.empty(1, 5);
        Snapshot test = InMemorySnapshot.builder(1, 5)
                .add(0, 0, 1)
                .add(0, 1, 1)
                .add(0, 3, 1)
                .build();
        RankingEvaluator evaluator = evaluator(RelevanceRule.ALL, 1, 2, 4);

        Map<String, Double> plain =
                evaluator.evaluate(descending(5), train, test).metrics();
        Map<String, Double> capped =
                evaluator.ofHeldOutUsers().evaluate(descending(5), train, test).metrics();

        assertThat(plain).containsEntry("recall@2", 2 / 3.0).containsEntry("recall@4", 1.0);
        assertThat(capped).containsEntry("recall@2", 1.0).containsEntry("recall@4", 1.0);
    }

    @Test
    void evaluate_relevantItemBeyondTheList_countsItsRankForMrr() {
        Snapshot train = InMemorySnapshot.builder(1, 50).add(0, 3, 1).build();
        Snapshot test = InMemorySnapshot.builder(1, 50).add(0, 40, 1).build();

        Map<String, Double> metrics = evaluator(RelevanceRule.ALL, 1, 10)
                .evaluate(descending(50), train, test)
                .metrics();

        assertThat(metrics.get("mrr")).isEqualTo(1.0 / 40);
        assertThat(metrics.get("hr@10")).isZero();
    }

    @Test
    void evaluate_equalScores_ranksTheLowerNumberFirst() {
        Snapshot train = SyntheticSnapshots.empty(1, 4);
        Snapshot test = InMemorySnapshot.builder(1, 4).add(0, 1, 1).build();

        Map<String, Double> metrics = evaluator(RelevanceRule.ALL, 1, 1, 2)
                .evaluate(constant(4), train, test)
                .metrics();

        assertThat(metrics.get("hr@1")).isZero();
        assertThat(metrics.get("hr@2")).isEqualTo(1.0);
        assertThat(metrics.get("mrr")).isEqualTo(0.5);
    }

    @Test
    void evaluate_equalScoresBeyondTheList_countsTheLowerNumbersBefore() {
        Snapshot train = SyntheticSnapshots.empty(1, 5);
        Snapshot test = InMemorySnapshot.builder(1, 5).add(0, 3, 1).build();

        Measurement measured = evaluator(RelevanceRule.ALL, 1, 1).evaluate(constant(5), train, test);

        assertThat(measured.metrics().get("mrr")).isEqualTo(0.25);
    }

    @Test
    void evaluate_valuesBelowTheMinimum_areNotRelevant() {
        Snapshot train = SyntheticSnapshots.empty(2, 3);
        Snapshot test = InMemorySnapshot.builder(2, 3)
                .add(0, 0, 2)
                .add(0, 1, 4)
                .add(1, 0, 3)
                .build();

        Measurement measured = evaluator(new RelevanceRule(4), 1, 1).evaluate(descending(3), train, test);

        assertThat(measured.users()).isEqualTo(1);
        assertThat(measured.metrics().get("recall@1")).isZero();
        assertThat(measured.metrics().get("mrr")).isEqualTo(0.5);
    }

    @Test
    void evaluate_nothingRelevant_hasNoMetrics() {
        Snapshot none = SyntheticSnapshots.empty(3, 3);

        Measurement measured = evaluator(RelevanceRule.ALL, 2, 10).evaluate(descending(3), none, none);

        assertThat(measured.users()).isZero();
        assertThat(measured.metrics()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 3, 1", "2, 5, 4", "3, 8, 1", "4, 64, 3"})
    void evaluate_embeddings_areAsNaive(int seed, int rank, int threads) {
        Snapshot all = SyntheticSnapshots.tastes(130, 47, 5, 15, seed);
        SplitSnapshot parts = new Split.Random(0.3).apply(all, seed, arena);
        EmbeddingModel model = randomModel(130, 47, rank, seed);

        Map<String, Double> metrics = evaluator(RelevanceRule.ALL, threads, 1, 5, 100)
                .evaluate(Scorer.of(model, parts.train()), parts.train(), parts.test())
                .metrics();

        Map<String, Double> expected = naive(model, parts.train(), parts.test(), List.of(1, 5, 100));
        assertThat(metrics.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        expected.forEach((name, value) -> assertThat(metrics.get(name)).as(name).isCloseTo(value, within(1e-9)));
    }

    @Test
    void evaluate_anyThreads_givesTheSameBits() {
        Snapshot all = SyntheticSnapshots.tastes(500, 60, 5, 12, 1);
        SplitSnapshot parts = new Split.LeaveLastOut().apply(all, 1, arena);
        Scorer scorer = Scorer.of(randomModel(500, 60, 7, 1), parts.train());

        Measurement one = evaluator(RelevanceRule.ALL, 1, 10).evaluate(scorer, parts.train(), parts.test());
        Measurement three = evaluator(RelevanceRule.ALL, 3, 10).evaluate(scorer, parts.train(), parts.test());

        assertThat(three).isEqualTo(one);
    }

    @Test
    void popularityBaseline_ranksByLikedInteractions() {
        Snapshot train = InMemorySnapshot.builder(3, 3)
                .add(0, 0, 1)
                .add(1, 0, 1)
                .add(2, 0, 1)
                .add(0, 1, 5)
                .add(1, 1, 5)
                .build();

        float[][] scores = new float[1][3];
        new PopularityBaseline(train, new RelevanceRule(4)).score(2, 1, scores);

        assertThat(scores[0]).containsExactly(0f, 2f, 0f);
    }

    private static RankingEvaluator evaluator(RelevanceRule relevance, int threads, Integer... cutoffs) {
        return new RankingEvaluator(List.of(cutoffs), relevance, threads);
    }

    private static Scorer descending(int items) {
        return scorer(items, item -> -item);
    }

    private static Scorer constant(int items) {
        return scorer(items, _ -> 1f);
    }

    private interface ItemScore {
        float of(int item);
    }

    private static Scorer scorer(int items, ItemScore score) {
        return new Scorer() {
            @Override
            public int itemCount() {
                return items;
            }

            @Override
            public void score(int firstUser, int count, float[][] scores) {
                for (int user = 0; user < count; user++) {
                    for (int item = 0; item < items; item++) {
                        scores[user][item] = score.of(item);
                    }
                }
            }
        };
    }

    private EmbeddingModel randomModel(int users, int items, int rank, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        FloatMatrix biases = gaussians(items, 1, random);
        return EmbeddingModel.builder(gaussians(users, rank, random), gaussians(items, rank, random))
                .itemBiases(biases)
                .userBiases(gaussians(users, 1, random))
                .offset(2)
                .build();
    }

    private FloatMatrix gaussians(int rows, int columns, SplittableRandom random) {
        FloatMatrix matrix = FloatMatrix.allocate(arena, rows, columns);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                matrix.set(row, column, (float) random.nextGaussian());
            }
        }
        return matrix;
    }

    /** The definitions, read aloud. */
    private static Map<String, Double> naive(
            EmbeddingModel model, Snapshot train, Snapshot test, List<Integer> cutoffs) {
        Map<String, Double> sums = new HashMap<>();
        Map<Integer, Set<Integer>> covered = new HashMap<>();
        Map<Integer, List<Integer>> listed = new HashMap<>();
        int users = 0;
        for (int user = 0; user < test.userCount(); user++) {
            Set<Integer> relevant = items(test.byUser(), user);
            if (relevant.isEmpty()) {
                continue;
            }
            users++;
            List<Integer> list = rank(model, user, items(train.byUser(), user));
            double reciprocal = 0;
            for (int index = list.size() - 1; index >= 0; index--) {
                reciprocal = relevant.contains(list.get(index)) ? 1.0 / (index + 1) : reciprocal;
            }
            sums.merge("mrr", reciprocal, Double::sum);
            for (int cutoff : cutoffs) {
                List<Integer> head = list.subList(0, Math.min(cutoff, list.size()));
                covered.computeIfAbsent(cutoff, _ -> new HashSet<>()).addAll(head);
                listed.computeIfAbsent(cutoff, _ -> new ArrayList<>()).addAll(head);
                long found = head.stream().filter(relevant::contains).count();
                int possible = Math.min(cutoff, relevant.size());
                double gain = 0;
                double ideal = 0;
                for (int index = 0; index < Math.max(possible, head.size()); index++) {
                    gain += index < head.size() && relevant.contains(head.get(index)) ? 1 / log2(index + 2) : 0;
                    ideal += index < possible ? 1 / log2(index + 2) : 0;
                }
                sums.merge("recall@" + cutoff, (double) found / relevant.size(), Double::sum);
                sums.merge("ndcg@" + cutoff, gain / ideal, Double::sum);
                sums.merge("hr@" + cutoff, found > 0 ? 1.0 : 0.0, Double::sum);
            }
        }
        int counted = users;
        sums.replaceAll((_, sum) -> sum / counted);
        Set<Integer> popular = popular(train);
        for (int cutoff : cutoffs) {
            Set<Integer> recommended = covered.getOrDefault(cutoff, Set.of());
            sums.put(
                    "coverage@" + cutoff,
                    (double) recommended.size() / model.items().rows());
            List<Integer> all = listed.getOrDefault(cutoff, List.of());
            sums.put(
                    "popularity_share@" + cutoff,
                    (double) all.stream().filter(popular::contains).count() / all.size());
        }
        return sums;
    }

    private static Set<Integer> popular(Snapshot train) {
        List<Integer> items = new ArrayList<>();
        for (int item = 0; item < train.itemCount(); item++) {
            items.add(item);
        }
        items.sort((a, b) -> train.byItem().length(b) - train.byItem().length(a));
        return new HashSet<>(items.subList(0, (train.itemCount() + 9) / 10));
    }

    private static List<Integer> rank(EmbeddingModel model, int user, Set<Integer> seen) {
        List<Integer> list = new ArrayList<>();
        for (int item = 0; item < model.items().rows(); item++) {
            if (!seen.contains(item)) {
                list.add(item);
            }
        }
        list.sort((a, b) -> Double.compare(model.score(user, b), model.score(user, a)));
        return list;
    }

    private static Set<Integer> items(SparseRows rows, int user) {
        Set<Integer> items = new HashSet<>();
        for (long position = rows.start(user); position < rows.end(user); position++) {
            items.add(rows.index(position));
        }
        return items;
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }
}
