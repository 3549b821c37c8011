package dev.latent.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.History;
import dev.latent.spi.ScoringModel;
import dev.latent.spi.SectionWriter;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import dev.latent.spi.Task;
import dev.latent.testkit.InMemorySnapshot;
import dev.latent.testkit.SyntheticSnapshots;
import java.lang.foreign.Arena;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The measures of predicted values, and their baselines. */
class RatingEvaluatorTest {

    private final Arena arena = Arena.ofAuto();

    @Test
    void evaluate_smallCase_isAsByHandAndClipped() {
        Snapshot train =
                InMemorySnapshot.builder(2, 2).add(0, 0, 1).add(1, 1, 5).build();
        Snapshot test = InMemorySnapshot.builder(2, 2).add(0, 1, 4).add(1, 0, 3).build();

        Measurement measured = new RatingEvaluator(1).evaluate((user, _) -> user == 0 ? 9.0 : 3.5, train, test);

        assertThat(measured.users()).isEqualTo(2);
        assertThat(measured.interactions()).isEqualTo(2);
        assertThat(measured.metrics().get("mae")).isCloseTo((1 + 0.5) / 2, within(1e-12));
        assertThat(measured.metrics().get("rmse")).isCloseTo(Math.sqrt((1 + 0.25) / 2), within(1e-12));
    }

    @Test
    void evaluate_embeddings_areAsNaiveAtAnyThreads() {
        Snapshot all = SyntheticSnapshots.ratings(300, 40, 0.3, 1);
        SplitSnapshot parts = new Split.Random(0.3).apply(all, 1, arena);
        EmbeddingModel model = randomModel(300, 40, 5);

        Measurement one = new RatingEvaluator(1).evaluate(model, parts.train(), parts.test());
        Measurement three = new RatingEvaluator(3).evaluate(model, parts.train(), parts.test());

        double squares = 0;
        SparseRows test = parts.test().byUser();
        for (int user = 0; user < test.rows(); user++) {
            for (long position = test.start(user); position < test.end(user); position++) {
                double predicted = Math.clamp(model.score(user, test.index(position)), 0.5, 5.0);
                squares += Math.pow(predicted - test.value(position), 2);
            }
        }
        assertThat(one.metrics().get("rmse")).isCloseTo(Math.sqrt(squares / test.count()), within(1e-9));
        assertThat(three).isEqualTo(one);
    }

    @Test
    void evaluate_scoringModel_readsTheTrainingHistory() {
        Snapshot train = InMemorySnapshot.builder(2, 3)
                .add(0, 0, 1)
                .add(0, 1, 5)
                .add(1, 2, 4)
                .build();
        Snapshot test = InMemorySnapshot.builder(2, 3).add(0, 2, 2).add(1, 0, 3).build();
        ScoringModel sums = new ScoringModel() {
            @Override
            public int itemCount() {
                return 3;
            }

            @Override
            public void score(History history, float[] scores) {
                for (int item = 0; item < 3; item++) {
                    scores[item] = history.size() + item;
                }
            }

            @Override
            public void write(SectionWriter sections) {}
        };

        Map<String, Double> metrics =
                new RatingEvaluator(2).evaluate(sums, train, test).metrics();

        assertThat(metrics.get("mae")).isCloseTo((2 + 2) / 2.0, within(1e-12)); // |4 - 2| and |1 - 3|
    }

    @Test
    void baselines_ratings_averageAsDefined() {
        Snapshot train = InMemorySnapshot.builder(2, 2)
                .add(0, 0, 1)
                .add(1, 0, 3)
                .add(0, 1, 5)
                .build();

        assertThat(BiasBaseline.itemMean(train).predict(1, 0)).isCloseTo(2, within(1e-12));
        double mean = 3;
        double first = -2.0 / 27;
        double second = 2.0 / 26;
        double user = (1 - mean - first + 5 - mean - second) / 12;
        assertThat(BiasBaseline.of(train).predict(0, 1)).isCloseTo(mean + second + user, within(1e-12));
    }

    @Test
    void baselines_itemNeverRated_isTheMeanOfAll() {
        Snapshot train = InMemorySnapshot.builder(1, 2).add(0, 0, 4).build();

        assertThat(BiasBaseline.itemMean(train).predict(0, 1)).isCloseTo(4, within(1e-12));
    }

    @Test
    void report_tasks_nameTheirBaselines() {
        Snapshot all = SyntheticSnapshots.ratings(60, 20, 0.4, 1);
        Split split = new Split.Random(0.2);
        SplitSnapshot parts = split.apply(all, 9, arena);
        EmbeddingModel model = randomModel(60, 20, 3);

        HoldoutReport rating = new HoldoutEvaluator(Task.RATING, RelevanceRule.ALL, HoldoutEvaluator.DEFAULT_CUTOFFS, 1)
                .report(model, parts, split, 9);
        HoldoutReport ranking = new HoldoutEvaluator(
                        Task.RANKING, RelevanceRule.ALL, HoldoutEvaluator.DEFAULT_CUTOFFS, 1)
                .report(model, parts, split, 9);

        assertThat(rating.protocol()).isEqualTo("random:0.2");
        assertThat(rating.metrics()).containsOnlyKeys("rmse", "mae");
        assertThat(rating.baselines()).containsOnlyKeys("item_mean", "bias");
        assertThat(ranking.baselines()).containsOnlyKeys("popularity");
        assertThat(ranking.metrics()).containsKeys("ndcg@10", "recall@20", "hr@10", "mrr", "coverage@10");
        assertThat(ranking.baselines().getOrDefault("popularity", Map.of()))
                .containsOnlyKeys(ranking.metrics().keySet());
    }

    private EmbeddingModel randomModel(int users, int items, int rank) {
        SplittableRandom random = new SplittableRandom(5);
        FloatMatrix userFactors = FloatMatrix.allocate(arena, users, rank);
        FloatMatrix itemFactors = FloatMatrix.allocate(arena, items, rank);
        for (FloatMatrix matrix : new FloatMatrix[] {userFactors, itemFactors}) {
            for (int row = 0; row < matrix.rows(); row++) {
                for (int column = 0; column < rank; column++) {
                    matrix.set(row, column, (float) random.nextGaussian());
                }
            }
        }
        return EmbeddingModel.builder(userFactors, itemFactors).offset(3).build();
    }
}
