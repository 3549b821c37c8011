package dev.latent.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latent.spi.Algorithm;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.InvalidHyperparametersException;
import dev.latent.spi.ScoringModel;
import dev.latent.spi.Snapshot;
import dev.latent.spi.Sweep;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingCancelledException;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * What {@link Algorithm} promises, as tests: extend it, name the algorithm, and run it with the jar's own tests.
 *
 * <p>Each test runs for each of {@link #settings}.
 */
public abstract class AlgorithmContract extends BadInputContract {

    private static final Duration CANCEL_LIMIT = Duration.ofSeconds(1);
    private static final Duration HANG_LIMIT = Duration.ofSeconds(20);

    /** For subclasses. */
    protected AlgorithmContract() {}

    /**
     * Returns the algorithm to test.
     *
     * @return a new instance or always the same
     */
    @Override
    protected abstract Algorithm algorithm();

    /**
     * Returns the hyperparameters to test with, those that are left out having their defaults: one setting for each way
     * in which the algorithm works (loss, kind of feedback), small enough that a run of 10,000 interactions takes well
     * under a second.
     *
     * @return at least one setting
     */
    @Override
    protected List<Map<String, String>> settings() {
        return List.of(Map.of());
    }

    /**
     * Returns what most tests train on.
     *
     * @return 300 users with some 6,000 planted ratings of 200 items
     */
    protected Snapshot snapshot() {
        return SyntheticSnapshots.ratings(300, 200, 0.1, 7);
    }

    /**
     * Returns what is trained on when a run is cancelled in its midst: large enough for at least half a second.
     *
     * @return 4,000 users with some 480,000 planted ratings of 600 items
     */
    protected Snapshot largeSnapshot() {
        return SyntheticSnapshots.ratings(4_000, 600, 0.2, 8);
    }

    @Test
    void declarations_areValid() {
        Algorithm algorithm = algorithm();
        assertThat(algorithm.name()).as("name()").matches("[a-z][a-z0-9-]{0,31}");
        assertThat(algorithm.description()).as("description()").isNotBlank();
        assertThat(algorithm.hyperparameters())
                .as("hyperparameters(), asked twice")
                .isEqualTo(algorithm.hyperparameters())
                .extracting(Hyperparameter::name)
                .doesNotHaveDuplicates();
        for (Map<String, String> setting : allSettings()) {
            assertThat(algorithm.task(Hyperparameters.resolve(algorithm.hyperparameters(), setting)))
                    .as("task(%s)", setting)
                    .isNotNull();
        }
    }

    @Test
    void serviceLoader_canInstantiateTheClass() throws NoSuchMethodException {
        Class<? extends Algorithm> type = algorithm().getClass();
        assertThat(Modifier.isPublic(type.getModifiers()))
                .as("%s is public", type)
                .isTrue();
        assertThat(Modifier.isPublic(type.getConstructor().getModifiers()))
                .as("%s has a public constructor without parameters", type)
                .isTrue();
    }

    @Test
    void valuesOutOfRange_areRefusedByName() {
        List<Hyperparameter> declared = algorithm().hyperparameters();
        for (Hyperparameter declaration : declared) {
            for (String text : HyperparameterValues.refused(declaration)) {
                assertThatThrownBy(() -> Hyperparameters.resolve(declared, Map.of(declaration.name(), text)))
                        .as("%s = '%s'", declaration.name(), text)
                        .isInstanceOf(InvalidHyperparametersException.class)
                        .hasMessageContaining("'" + declaration.name() + "'")
                        .hasMessageContaining(declaration.range());
            }
        }
    }

    @Test
    void searchSpace_isWithinTheAcceptedRanges() {
        Snapshot tiny = SyntheticSnapshots.ratings(12, 9, 0.5, 3);
        List<Hyperparameter> declared = algorithm().hyperparameters();
        for (Map<String, String> setting : allSettings()) {
            Hyperparameters base = Hyperparameters.resolve(declared, setting);
            List<Hyperparameter> searched = new ArrayList<>(algorithm().searchSpace(base));
            searched.addAll(algorithm().searchSpace(base, tiny));
            for (Hyperparameter range : searched) {
                for (String text : HyperparameterValues.extremes(range)) {
                    assertThatCode(() -> Hyperparameters.resolve(declared, Map.of(range.name(), text)))
                            .as("%s = '%s' of the search space with %s", range.name(), text, setting)
                            .doesNotThrowAnyException();
                }
            }
        }
    }

    @Test
    void startingPoints_areInTheSearchSpace() {
        Snapshot tiny = SyntheticSnapshots.ratings(12, 9, 0.5, 3);
        List<Hyperparameter> declared = algorithm().hyperparameters();
        for (Map<String, String> setting : allSettings()) {
            Hyperparameters base = Hyperparameters.resolve(declared, setting);
            Map<String, Hyperparameter> ranges = new HashMap<>();
            algorithm().searchSpace(base, tiny).forEach(range -> ranges.put(range.name(), range));
            for (Map<String, String> point : algorithm().startingPoints(base, tiny)) {
                assertThat(ranges.keySet()).as("what is searched").containsAll(point.keySet());
                point.forEach((name, text) -> assertThat(
                                Optional.ofNullable(ranges.get(name)).flatMap(range -> range.violation(text)))
                        .as("%s = '%s' of a starting point with %s", name, text, setting)
                        .isEmpty());
            }
        }
    }

    @Test
    void valuesAtTheEndsOfTheRange_trainOrAreNamed() {
        Snapshot tiny = SyntheticSnapshots.ratings(12, 9, 0.5, 3);
        List<Hyperparameter> declared = algorithm().hyperparameters();
        for (Map<String, String> setting : settings()) {
            for (Hyperparameter declaration : declared) {
                for (String text : HyperparameterValues.extremes(declaration)) {
                    Map<String, String> given = new HashMap<>(setting);
                    given.put(declaration.name(), text);
                    trainOrRefuse(tiny, given, declaration.name() + " at an end of its range");
                }
            }
        }
    }

    @Test
    void sameSeed_givesTheSameBytesAtAnyThreadCount() {
        for (Map<String, String> setting : settings()) {
            RunContext context = RunContext.of(algorithm(), setting, snapshot());
            Map<String, String> expected = content(context);
            for (int threads : new int[] {1, 2, 7}) {
                assertThat(content(context.withThreads(threads)).equals(expected))
                        .as("with %s, %s threads give the bytes of the first run with 1 thread", setting, threads)
                        .isTrue();
            }
        }
    }

    @Test
    void anySeed_givesASoundModel() {
        Snapshot snapshot = snapshot();
        for (Map<String, String> setting : settings()) {
            RunContext context = RunContext.of(algorithm(), setting, snapshot);
            for (long seed : new long[] {0, -1, Long.MAX_VALUE}) {
                TrainedModel model = ContractRun.train(algorithm(), context.withSeed(seed), new RecordingListener());
                Soundness.assertSound(model, snapshot, "with " + setting + " and seed " + seed);
            }
        }
    }

    @Test
    void concurrentRuns_giveTheBytesOfRunsAlone() {
        for (Map<String, String> setting : settings()) {
            Algorithm shared = algorithm();
            RunContext first = RunContext.of(shared, setting, snapshot()).withThreads(2);
            RunContext second = RunContext.of(shared, setting, SyntheticSnapshots.ratings(250, 160, 0.1, 11))
                    .withSeed(2);
            Map<String, String> firstAlone = content(first);
            Map<String, String> secondAlone = content(second);
            CyclicBarrier barrier = new CyclicBarrier(2);
            ContractRun firstRun = ContractRun.start(shared, first, new InterleavingListener(barrier));
            ContractRun secondRun = ContractRun.start(shared, second, new InterleavingListener(barrier));
            assertThat(ModelContent.of(firstRun.model()).equals(firstAlone)
                            && ModelContent.of(secondRun.model()).equals(secondAlone))
                    .as("with %s, two runs of one instance at once give the bytes they give alone", setting)
                    .isTrue();
        }
    }

    @Test
    void sweeps_areNumberedAndFinite() {
        for (Map<String, String> setting : settings()) {
            RecordingListener listener = new RecordingListener();
            ContractRun.train(algorithm(), RunContext.of(algorithm(), setting, snapshot()), listener);
            assertThat(listener.sweeps()).as("sweeps with %s", setting).isNotEmpty();
            Soundness.assertSweeps(listener, "with " + setting);
        }
    }

    @Test
    void stop_endsTrainingWithThatVeryModel() {
        for (Map<String, String> setting : settings()) {
            AtomicReference<Map<String, String>> seen = new AtomicReference<>(Map.of());
            RecordingListener listener = new RecordingListener() {
                @Override
                public Decision sweep(Sweep sweep, Supplier<? extends TrainedModel> current) {
                    super.sweep(sweep, current);
                    seen.set(ModelContent.of(current.get()));
                    return Decision.STOP;
                }
            };
            TrainedModel model =
                    ContractRun.train(algorithm(), RunContext.of(algorithm(), setting, snapshot()), listener);
            assertThat(listener.sweeps())
                    .as("sweeps after STOP in the first, with %s", setting)
                    .hasSize(1);
            assertThat(ModelContent.of(model).equals(seen.get()))
                    .as("with %s, the returned model is the one shown with the sweep that was answered STOP", setting)
                    .isTrue();
        }
    }

    @Test
    void cancelledFromTheStart_trainsNothing() {
        for (Map<String, String> setting : settings()) {
            RecordingListener listener = new RecordingListener();
            listener.cancel();
            ContractRun run = ContractRun.start(algorithm(), RunContext.of(algorithm(), setting, snapshot()), listener);
            assertThatThrownBy(() -> run.await(HANG_LIMIT))
                    .as("with %s, train of a cancelled run", setting)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TrainingCancelledException.class);
        }
    }

    @Test
    void cancelledInItsMidst_endsWithinASecond() throws InterruptedException {
        Snapshot large = largeSnapshot();
        for (Map<String, String> setting : settings()) {
            for (int millis : new int[] {20, 300}) {
                RecordingListener listener = new RecordingListener();
                ContractRun run = ContractRun.start(
                        algorithm(), RunContext.of(algorithm(), setting, large).withThreads(2), listener);
                Thread.sleep(millis);
                listener.cancel();
                assertEndsInTime(run, System.nanoTime(), setting);
                assertThat(run.remainingThreads())
                        .as("threads left behind by a cancelled run with %s", setting)
                        .isEmpty();
            }
        }
    }

    private static void assertEndsInTime(ContractRun run, long cancelledNanos, Map<String, String> setting) {
        try {
            run.await(HANG_LIMIT);
        } catch (ExecutionException e) {
            assertThat(e.getCause()).as("what a cancelled run throws").isInstanceOf(TrainingCancelledException.class);
        } catch (TimeoutException e) {
            throw new AssertionError(
                    "With " + setting + ", train went on " + HANG_LIMIT + " after its cancellation", e);
        }
        assertThat(Duration.ofNanos(run.endedNanos() - cancelledNanos))
                .as("time from the cancellation to the end of train, with %s", setting)
                .isLessThan(CANCEL_LIMIT);
    }

    @Test
    void threads_endWithTheRun() throws InterruptedException {
        for (Map<String, String> setting : settings()) {
            ContractRun run = ContractRun.start(
                    algorithm(),
                    RunContext.of(algorithm(), setting, snapshot()).withThreads(3),
                    new RecordingListener());
            run.model();
            assertThat(run.remainingThreads())
                    .as("threads left behind with %s", setting)
                    .isEmpty();
        }
    }

    @Test
    void reopenedModel_scoresTheSame() throws IOException {
        Snapshot snapshot = snapshot();
        for (Map<String, String> setting : settings()) {
            TrainedModel model = train(snapshot, setting);
            InMemorySections sections = ModelContent.sections(model);
            TrainedModel reopened = switch (model) {
                case EmbeddingModel embedding -> ModelContent.reopen(sections, embedding);
                case ScoringModel scoring -> algorithm().reopen(sections);
            };
            assertThat(ModelContent.scores(reopened, snapshot))
                    .as("scores of the reopened model, with %s", setting)
                    .isDeepEqualTo(ModelContent.scores(model, snapshot));
        }
    }

    private List<Map<String, String>> allSettings() {
        List<Map<String, String>> all = new ArrayList<>(settings());
        all.add(Map.of());
        return all;
    }
}
