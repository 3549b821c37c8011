package dev.latent.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.Snapshot;
import dev.latent.testkit.InMemorySnapshot;
import dev.latent.testkit.SyntheticSnapshots;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The measures of rankings against values by hand and against a naive computation. */
class RankingEvaluatorTest {

    private static final List<Integer> CUTOFFS = List.of(1, 5, 100);

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
        double ideal = 1 + 1 / NaiveRanking.log2(3);
        assertThat(metrics.get("ndcg@2")).isCloseTo(1 / NaiveRanking.log2(3) / ideal, within(1e-12));
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
    @CsvSource({"1, 130, 47, 3, 1", "2, 64, 256, 5, 4", "3, 65, 257, 8, 1", "4, 1100, 620, 16, 2"})
    void evaluate_embeddings_areAsNaive(int seed, int users, int items, int rank, int threads) {
        SplitSnapshot parts = parts(users, items, seed);
        EmbeddingModel model = randomModel(users, items, rank, seed);
        Map<String, Double> expected = NaiveRanking.measure(model::score, parts.train(), parts.test(), CUTOFFS);

        RankingEvaluator evaluator = evaluator(RelevanceRule.ALL, threads, 1, 5, 100);
        Measurement byVectors = evaluator.evaluate(model, parts.train(), parts.test());
        Measurement byScores = evaluator.evaluate(Scorer.of(model, parts.train()), parts.train(), parts.test());

        assertThat(byVectors.interactions()).isEqualTo(parts.test().interactionCount());
        assertClose(byVectors.metrics(), expected);
        assertClose(byScores.metrics(), expected);
        assertThat(byScores.users()).isEqualTo(byVectors.users());
    }

    /** Factors of -1, 0 and 1: sums are exact, and many items have the same score. */
    @ParameterizedTest
    @CsvSource({"1, 70, 300, 1, 1", "2, 130, 600, 2, 3", "3, 40, 40, 3, 2"})
    void evaluate_embeddingsWithTies_areAsNaive(int seed, int users, int items, int rank, int threads) {
        SplitSnapshot parts = parts(users, items, seed);
        SplittableRandom random = new SplittableRandom(seed);
        FloatMatrix userFactors = matrix(users, rank, () -> random.nextInt(3) - 1);
        FloatMatrix itemFactors = matrix(items, rank, () -> random.nextInt(3) - 1);
        EmbeddingModel model = EmbeddingModel.builder(userFactors, itemFactors).build();
        Map<String, Double> expected = NaiveRanking.measure(model::score, parts.train(), parts.test(), CUTOFFS);

        RankingEvaluator evaluator = evaluator(RelevanceRule.ALL, threads, 1, 5, 100);

        assertClose(evaluator.evaluate(model, parts.train(), parts.test()).metrics(), expected);
        assertClose(
                evaluator
                        .evaluate(Scorer.of(model, parts.train()), parts.train(), parts.test())
                        .metrics(),
                expected);
    }

    @Test
    void evaluate_scoresBeyondTheRangeOfFloats_areRankedAsOthers() {
        EmbeddingModel model = EmbeddingModel.builder(
                        matrix(2, 1, () -> Float.MAX_VALUE), matrix(5, 1, () -> Float.MAX_VALUE))
                .build();
        Snapshot train = InMemorySnapshot.builder(2, 5).add(0, 0, 1).build();
        Snapshot test = InMemorySnapshot.builder(2, 5).add(0, 2, 1).add(1, 3, 1).build();

        // All scores are infinite, so the lower number is first: item 2 of 1 2 3 4, item 3 of 0 1 2 3 4.
        assertThat(evaluator(RelevanceRule.ALL, 1, 1)
                        .evaluate(model, train, test)
                        .metrics()
                        .get("mrr"))
                .isEqualTo((1 / 2.0 + 1 / 4.0) / 2);
    }

    @Test
    void evaluate_relevantItemOfTheHistory_isNotInTheList() {
        EmbeddingModel model = randomModel(1, 9, 2, 1);
        Snapshot train =
                InMemorySnapshot.builder(1, 9).add(0, 3, 1).add(0, 7, 1).build();
        Snapshot test = InMemorySnapshot.builder(1, 9).add(0, 7, 1).build();

        for (Measurement measured : List.of(
                evaluator(RelevanceRule.ALL, 1, 9).evaluate(model, train, test),
                evaluator(RelevanceRule.ALL, 1, 9).evaluate(Scorer.of(model, train), train, test),
                evaluator(RelevanceRule.ALL, 1, 9).evaluate(popularity(train), train, test))) {
            assertThat(measured.users()).isEqualTo(1);
            assertThat(measured.metrics()).containsEntry("mrr", 0.0).containsEntry("recall@9", 0.0);
        }
    }

    @Test
    void evaluate_relevantItemThatTheModelDoesNotKnow_isNotInTheList() {
        EmbeddingModel model = EmbeddingModel.builder(matrix(1, 1, () -> 1), matrix(4, 1, () -> 1))
                .build();
        Snapshot train = InMemorySnapshot.builder(1, 5).add(0, 0, 1).build();
        Snapshot test = InMemorySnapshot.builder(1, 5).add(0, 2, 1).add(0, 4, 1).build();

        for (Measurement measured : List.of(
                evaluator(RelevanceRule.ALL, 1, 3).evaluate(model, train, test),
                evaluator(RelevanceRule.ALL, 1, 3).evaluate(constant(4), train, test))) {
            assertThat(measured.metrics()).containsEntry("mrr", 0.5).containsEntry("recall@3", 0.5);
        }
    }

    @Test
    void evaluate_anyThreads_givesTheSameBits() {
        SplitSnapshot parts = parts(1500, 300, 1);
        EmbeddingModel model = randomModel(1500, 300, 7, 1);
        PopularityBaseline popularity = popularity(parts.train());

        Measurement one = evaluator(RelevanceRule.ALL, 1, 10).evaluate(model, parts.train(), parts.test());
        Measurement popular = evaluator(RelevanceRule.ALL, 1, 10).evaluate(popularity, parts.train(), parts.test());

        for (int threads : new int[] {2, 3, 7}) {
            RankingEvaluator evaluator = evaluator(RelevanceRule.ALL, threads, 10);
            assertThat(evaluator.evaluate(model, parts.train(), parts.test())).isEqualTo(one);
            assertThat(evaluator.evaluate(popularity, parts.train(), parts.test()))
                    .isEqualTo(popular);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 130, 47, 1", "2, 300, 400, 3"})
    void popularityBaseline_isAsScoresByCounts(int seed, int users, int items, int threads) {
        SplitSnapshot parts = parts(users, items, seed);
        NaiveRanking.Score counts = (_, item) -> parts.train().byItem().length(item);

        Measurement measured = evaluator(RelevanceRule.ALL, threads, 1, 5, 100)
                .evaluate(popularity(parts.train()), parts.train(), parts.test());

        assertClose(measured.metrics(), NaiveRanking.measure(counts, parts.train(), parts.test(), CUTOFFS));
    }

    @Test
    void popularityBaseline_ranksByLikedInteractions() {
        Snapshot train = InMemorySnapshot.builder(4, 3)
                .add(0, 0, 1)
                .add(1, 0, 1)
                .add(2, 0, 1)
                .add(0, 1, 5)
                .add(1, 1, 5)
                .build();
        Snapshot test = InMemorySnapshot.builder(4, 3).add(3, 1, 5).build();

        // Item 1 was liked twice, items 0 and 2 never, so 1 is the first.
        assertThat(evaluator(new RelevanceRule(4), 1, 1)
                        .evaluate(new PopularityBaseline(train, new RelevanceRule(4)), train, test)
                        .metrics()
                        .get("mrr"))
                .isEqualTo(1);
    }

    private static PopularityBaseline popularity(Snapshot train) {
        return new PopularityBaseline(train, RelevanceRule.ALL);
    }

    private SplitSnapshot parts(int users, int items, int seed) {
        return new Split.Random(0.3).apply(SyntheticSnapshots.tastes(users, items, 5, 15, seed), seed, arena);
    }

    private static void assertClose(Map<String, Double> metrics, Map<String, Double> expected) {
        assertThat(metrics.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        expected.forEach((name, value) -> assertThat(metrics.get(name)).as(name).isCloseTo(value, within(1e-9)));
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
        return matrix(rows, columns, random::nextGaussian);
    }

    private FloatMatrix matrix(int rows, int columns, DoubleSupplier values) {
        FloatMatrix matrix = FloatMatrix.allocate(arena, rows, columns);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                matrix.set(row, column, (float) values.getAsDouble());
            }
        }
        return matrix;
    }
}
