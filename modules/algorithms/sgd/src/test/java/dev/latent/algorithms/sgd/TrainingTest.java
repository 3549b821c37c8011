package dev.latent.algorithms.sgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.FoldIn;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.PreviousVersion;
import dev.latent.spi.ResourceEstimate;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SnapshotShape;
import dev.latent.spi.SparseRows;
import dev.latent.spi.Sweep;
import dev.latent.spi.Task;
import dev.latent.spi.TrainingContext;
import dev.latent.spi.TrainingFailedException;
import dev.latent.testkit.InMemorySnapshot;
import dev.latent.testkit.RecordingListener;
import dev.latent.testkit.RunContext;
import dev.latent.testkit.SyntheticSnapshots;
import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingTest {

    private static final SgdAlgorithm SGD = new SgdAlgorithm();

    private static EmbeddingModel train(Snapshot snapshot, Map<String, String> given) {
        return (EmbeddingModel) SGD.train(RunContext.of(SGD, given, snapshot).withThreads(2), new RecordingListener());
    }

    /** Cuts every fifth rating out. */
    private record Halves(Snapshot train, Snapshot test) {

        static Halves of(Snapshot whole) {
            InMemorySnapshot.Builder train = InMemorySnapshot.builder(whole.userCount(), whole.itemCount());
            InMemorySnapshot.Builder test = InMemorySnapshot.builder(whole.userCount(), whole.itemCount());
            SparseRows rows = whole.byUser();
            SplittableRandom random = new SplittableRandom(1);
            for (int user = 0; user < rows.rows(); user++) {
                for (long at = rows.start(user); at < rows.end(user); at++) {
                    (random.nextInt(5) == 0 ? test : train).add(user, rows.index(at), rows.value(at));
                }
            }
            return new Halves(train.build(), test.build());
        }
    }

    @Test
    void plantedRatings_areRecovered() {
        Halves halves = Halves.of(SyntheticSnapshots.ratings(400, 150, 0.4, 5));
        Map<String, String> given = Map.of("factors", "8", "epochs", "60", "regularization", "0.02");
        double rmse = Measures.rmse(train(halves.train(), given), halves.test(), 0.5, 5);
        double spread = RatingScale.of(halves.test().byUser()).deviation();
        assertThat(rmse).isLessThan(0.33);
        assertThat(spread).isGreaterThan(0.6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"logistic", "bpr", "warp"})
    void plantedTastes_areRecovered(String loss) {
        Snapshot snapshot = SyntheticSnapshots.tastes(200, 120, 4, 25, 3);
        EmbeddingModel model = train(snapshot, Map.of("loss", loss, "factors", "8"));
        int own = 0;
        int all = 0;
        for (int user = 0; user < 200; user++) {
            for (int item : Measures.top(model, snapshot, user, 5)) {
                own += item % 4 == user % 4 ? 1 : 0;
                all++;
            }
        }
        assertThat((double) own / all).isGreaterThan(0.9);
    }

    @Test
    void ratingsInAnotherUnit_giveTheSamePredictionsInThatUnit() {
        Snapshot stars = SyntheticSnapshots.ratings(60, 40, 0.3, 5);
        InMemorySnapshot.Builder percents = InMemorySnapshot.builder(60, 40);
        SparseRows rows = stars.byUser();
        for (int user = 0; user < 60; user++) {
            for (long at = rows.start(user); at < rows.end(user); at++) {
                percents.add(user, rows.index(at), 16 * rows.value(at) + 8);
            }
        }
        EmbeddingModel model = train(stars, Map.of("factors", "4"));
        EmbeddingModel other = train(percents.build(), Map.of("factors", "4"));
        assertThat(other.score(3, 5)).isCloseTo(16 * model.score(3, 5) + 8, within(0.01));
    }

    @Test
    void task_followsTheLoss() {
        assertThat(taskOf("squared")).isEqualTo(Task.RATING);
        assertThat(taskOf("logistic")).isEqualTo(Task.RANKING);
        assertThat(taskOf("bpr")).isEqualTo(Task.RANKING);
    }

    private static Task taskOf(String loss) {
        return SGD.task(Hyperparameters.resolve(SGD.hyperparameters(), Map.of("loss", loss)));
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void sweeps_reportFallingLossParts(Loss loss) {
        RecordingListener listener = new RecordingListener();
        Snapshot snapshot = loss == Loss.SQUARED
                ? SyntheticSnapshots.ratings(200, 100, 0.3, 5)
                : SyntheticSnapshots.tastes(200, 120, 4, 25, 3);
        SGD.train(RunContext.of(SGD, Map.of("loss", loss.word(), "factors", "8"), snapshot), listener);
        Sweep first = listener.sweeps().getFirst();
        Sweep last = listener.sweeps().getLast();
        assertThat(last.number()).isEqualTo(20);
        assertThat(first.loss().keySet())
                .containsExactlyElementsOf(
                        loss == Loss.LOGISTIC
                                ? List.of("observed", "unobserved", "regularization")
                                : List.of("observed", "regularization"));
        assertThat(last.totalLoss() - last.loss().getOrDefault("regularization", Double.NaN))
                .isLessThan(first.totalLoss() - first.loss().getOrDefault("regularization", Double.NaN));
        assertThat(first.metrics().containsKey("train_rmse")).isEqualTo(loss == Loss.SQUARED);
    }

    @Test
    void trainRmse_isThatOfTheRatingsAsTheyWereMet() {
        RecordingListener listener = new RecordingListener();
        Snapshot snapshot = SyntheticSnapshots.ratings(200, 100, 0.3, 5);
        EmbeddingModel model = (EmbeddingModel) SGD.train(RunContext.of(SGD, Map.of(), snapshot), listener);
        double reported = listener.sweeps().getLast().metrics().getOrDefault("train_rmse", Double.NaN);
        assertThat(reported).isCloseTo(Measures.rmse(model, snapshot, 0, 6), within(0.05 * reported));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void largestLearningRate_isReportedAsDivergence(int threads) {
        Snapshot snapshot = SyntheticSnapshots.ratings(200, 100, 0.3, 5);
        RunContext context =
                RunContext.of(SGD, Map.of("learning_rate", "100"), snapshot).withThreads(threads);
        assertThatThrownBy(() -> SGD.train(context, new RecordingListener()))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("lower 'learning_rate' (it was 100.0)");
    }

    @Test
    void foldedInHistory_predictsAsTheTrainedUser() {
        Snapshot snapshot = SyntheticSnapshots.ratings(300, 100, 0.4, 5);
        Map<String, String> given = Map.of("factors", "6", "epochs", "100", "regularization", "0.03");
        EmbeddingModel model = train(snapshot, given);
        FoldIn.Ridge law = (FoldIn.Ridge) model.foldIn();
        double squares = 0;
        for (int user = 0; user < 300; user++) {
            double[] folded = Measures.foldIn(model, law, snapshot.byUser(), user);
            for (int item = 0; item < 100; item++) {
                double difference = folded[item] - model.score(user, item);
                squares += difference * difference;
            }
        }
        assertThat(Math.sqrt(squares / 30_000)).isLessThan(0.08);
    }

    @Test
    void gradientFoldIn_carriesTheTrainedObjective() {
        Snapshot snapshot = SyntheticSnapshots.tastes(20, 30, 3, 5, 1);
        Map<String, String> given = Map.of("loss", "bpr", "negatives", "3", "minimum_value", "0.5", "factors", "4");
        FoldIn.Gradient law = (FoldIn.Gradient) train(snapshot, given).foldIn();
        assertThat(law.loss()).isEqualTo(FoldIn.Loss.BPR);
        assertThat(law.negatives()).isEqualTo(3);
        assertThat(law.minimumValue()).isEqualTo(0.5);
    }

    /** Item 0 has four interactions, item 1 one, item 2 none. */
    @Test
    void gradientFoldIn_drawsNegativesAsTheTrainingDid() {
        InMemorySnapshot.Builder some = InMemorySnapshot.builder(4, 3).add(0, 1, 1);
        for (int user = 0; user < 4; user++) {
            some.add(user, 0, 1);
        }
        Map<String, String> popularity =
                Map.of("loss", "bpr", "negative_sampling", "popularity", "popularity_exponent", "0.5", "factors", "2");
        assertThat(negativeWeights(some.build(), popularity)).containsExactly(2f, 1f, 0f);
        assertThat(negativeWeights(some.build(), Map.of("loss", "logistic"))).containsExactly(1f, 1f, 0f);
        Snapshot all = some.add(3, 2, 1).build();
        assertThat(train(all, Map.of("loss", "warp")).itemWeights()).isEmpty();
        assertThat(train(some.build(), Map.of("loss", "squared")).itemWeights()).isEmpty();
    }

    private static float[] negativeWeights(Snapshot snapshot, Map<String, String> given) {
        FloatMatrix weights = train(snapshot, given).itemWeights().orElseThrow();
        float[] values = new float[snapshot.itemCount()];
        for (int item = 0; item < values.length; item++) {
            values[item] = weights.get(item, 0);
        }
        return values;
    }

    @Test
    void valuesBelowTheMinimum_areNotLiked() {
        Snapshot snapshot = SyntheticSnapshots.allEqual(20, 12, 3);
        EmbeddingModel model = train(snapshot, Map.of("loss", "logistic", "minimum_value", "4"));
        assertThat(model.score(0, 0)).isZero();
    }

    @Test
    void warmStart_beginsWhereThePreviousVersionEnded() {
        Snapshot snapshot = SyntheticSnapshots.ratings(300, 100, 0.3, 5);
        Map<String, String> given = Map.of("factors", "8", "epochs", "20");
        EmbeddingModel previous = train(snapshot, given);
        Map<String, String> once = new HashMap<>(given);
        once.put("epochs", "1");
        once.put("learning_rate", "0.001");
        int[] users = IntStream.range(0, 300).toArray();
        int[] items = IntStream.range(0, 100).toArray();
        users[7] = -1;
        RunContext cold = RunContext.of(SGD, once, snapshot);
        EmbeddingModel warm = (EmbeddingModel)
                SGD.train(new WarmContext(cold, new PreviousVersion(previous, users, items)), new RecordingListener());
        assertThat(warm.score(3, 5)).isCloseTo(previous.score(3, 5), within(0.02));
        assertThat(warm.users().get(7, 0)).isNotEqualTo(previous.users().get(7, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"logistic", "bpr", "warp"})
    void usersWhoLikeEverything_leaveNothingToDraw(String loss) {
        Snapshot snapshot = SyntheticSnapshots.allEqual(30, 5, 1);
        EmbeddingModel model = train(snapshot, Map.of("loss", loss, "factors", "40"));
        for (int item = 0; item < 5; item++) {
            assertThat(model.score(7, item)).isFinite();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"squared", "logistic", "bpr", "warp"})
    void usersWithoutInteractions_scoreWithoutTaste(String loss) {
        InMemorySnapshot.Builder builder = InMemorySnapshot.builder(41, 12);
        for (int user = 0; user < 40; user++) {
            builder.add(user, user % 12, 1 + user % 5).add(user, (user + 5) % 12, 1 + user % 3);
        }
        EmbeddingModel model = train(builder.build(), Map.of("loss", loss, "factors", "64"));
        for (int factor = 0; factor < 64; factor++) {
            assertThat(model.users().get(40, factor)).isZero();
        }
    }

    @Test
    void allEqualRatings_arePredictedThemselves() {
        EmbeddingModel model = train(SyntheticSnapshots.allEqual(30, 20, 4), Map.of());
        assertThat(model.score(7, 3)).isCloseTo(4, within(0.01));
    }

    @Test
    void oneUserAndOneItem_isTheRating() {
        EmbeddingModel model = train(SyntheticSnapshots.allEqual(1, 1, 3), Map.of());
        assertThat(model.score(0, 0)).isCloseTo(3, within(0.05));
    }

    @Test
    void estimate_growsWithTheDataAndSaturates() {
        Hyperparameters given = Hyperparameters.resolve(SGD.hyperparameters(), Map.of("factors", "32"));
        ResourceEstimate small =
                SGD.estimate(shape(1000, 500, 50_000), given, 1).orElseThrow();
        ResourceEstimate large =
                SGD.estimate(shape(70_000, 10_700, 9_000_000), given, 1).orElseThrow();
        assertThat(small.sweeps()).isEqualTo(20);
        assertThat(small.secondsPerSweep()).isPositive();
        assertThat(large.heapBytes()).isBetween(9_000_000L * 12, 9_000_000L * 13);
        assertThat(large.nativeBytes()).isBetween(80_700L * 256, 80_700L * 270);
        Hyperparameters wide = Hyperparameters.resolve(SGD.hyperparameters(), Map.of("factors", "4096"));
        ResourceEstimate huge = SGD.estimate(shape(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE), wide, 1)
                .orElseThrow();
        assertThat(huge.totalBytes()).isEqualTo(Long.MAX_VALUE);
    }

    private static SnapshotShape shape(int users, int items, long interactions) {
        return new SnapshotShape(users, items, interactions, 1, 1, 0, 0);
    }

    @Test
    void runThatCannotFit_isRefusedNamingFactors() {
        RunContext context = RunContext.of(SGD, Map.of("factors", "4096"), SyntheticSnapshots.ratings(50, 40, 0.3, 5));
        assertThatThrownBy(() -> SGD.train(new SmallContext(context), new RecordingListener()))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("lower 'factors'");
    }

    /** A run with an earlier version. */
    private record WarmContext(RunContext cold, PreviousVersion version) implements TrainingContext {

        @Override
        public Snapshot snapshot() {
            return cold.snapshot();
        }

        @Override
        public Hyperparameters hyperparameters() {
            return cold.hyperparameters();
        }

        @Override
        public long seed() {
            return cold.seed();
        }

        @Override
        public int threads() {
            return cold.threads();
        }

        @Override
        public Arena arena() {
            return cold.arena();
        }

        @Override
        public Optional<PreviousVersion> previous() {
            return Optional.of(version);
        }
    }

    /** A run that may use a megabyte. */
    private record SmallContext(RunContext context) implements TrainingContext {

        @Override
        public Snapshot snapshot() {
            return context.snapshot();
        }

        @Override
        public Hyperparameters hyperparameters() {
            return context.hyperparameters();
        }

        @Override
        public long seed() {
            return context.seed();
        }

        @Override
        public int threads() {
            return context.threads();
        }

        @Override
        public Arena arena() {
            return context.arena();
        }

        @Override
        public long memoryBudget() {
            return 1_000_000;
        }
    }
}
