package dev.latent.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latent.training.tuning.Trial;
import dev.latent.training.tuning.TuningEvent;
import dev.latent.training.tunings.Tuning;
import dev.latent.training.tunings.TuningGoal;
import dev.latent.training.tunings.TuningService;
import dev.latent.training.tunings.TuningSpec;
import dev.latent.training.tunings.TuningStateException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches in processes of their own, some of which die. */
class TuningServiceIT {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    @TempDir
    private Path directory;

    private TestHome home;
    private TrainingService runs;
    private TuningService tunings;

    @BeforeEach
    void open() throws IOException {
        home = TestHome.create(directory.resolve("home"));
        runs = home.open(options());
        tunings = open(runs);
    }

    private static TrainingOptions options() {
        return TrainingOptions.defaults()
                .withThreads(1)
                .withProcess(TrainingOptions.ChildProcess.likeThis()
                        .withHeapBytes(128L << 20)
                        .withArguments(List.of("-XX:TieredStopAtLevel=1")));
    }

    private TuningService open(TrainingService service) throws IOException {
        return TuningService.open(
                home.root.resolve("runs"),
                new TuningService.Home(home.interactions, home.models, home.plugins, service),
                options(),
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        tunings.close();
        home.close();
    }

    private static TuningSpec spec(Map<String, String> fixed, int trials, boolean keep) {
        return new TuningSpec(
                "films",
                "films",
                "trial",
                new TuningGoal(fixed, "ndcg@10", trials, 0, 3, 0),
                new TreeMap<>(),
                keep,
                "test");
    }

    private Tuning await(String id, Predicate<Tuning> condition) throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        Runnable look = () -> {
            if (condition.test(tunings.get(id))) {
                latch.countDown();
            }
        };
        try (AutoCloseable _ = tunings.follow(id, look)) {
            look.run();
            assertThat(latch.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS))
                    .as("%s", tunings.get(id))
                    .isTrue();
        }
        return tunings.get(id);
    }

    private List<Trial> trials(String id) {
        return tunings.news(id, 0).stream()
                .flatMap(news -> news.event().stream())
                .flatMap(event -> event.end().stream())
                .toList();
    }

    private boolean hasBegun(Tuning tuning, int trial) {
        return tunings.news(tuning.id(), 0).stream()
                .flatMap(news -> news.event().stream())
                .map(TuningEvent::begin)
                .anyMatch(
                        start -> start.filter(begun -> begun.number() == trial).isPresent());
    }

    @Test
    void trialsThatKillTheirProcess_costOnlyThemselves_theBestIsPublished() throws Exception {
        Tuning started = tunings.start(spec(Map.of(), 6, true));
        Tuning ended = await(started.id(), tuning -> tuning.state().isFinal());
        assertThat(ended.state()).as(ended.message()).isEqualTo(Tuning.State.SUCCEEDED);
        List<Trial> trials = trials(started.id());
        assertThat(trials).hasSize(6);
        assertThat(trials)
                .filteredOn(trial -> "signal".equals(trial.set().get("behaviour")))
                .isNotEmpty()
                .allSatisfy(trial -> {
                    assertThat(trial.state()).isEqualTo(Trial.State.FAILED);
                    assertThat(trial.message()).contains("SIGKILL");
                });
        assertThat(runs.get(ended.run()).versionName()).contains("films@1");
        assertThat(home.models.get("films").hyperparameters()).containsEntry("behaviour", "good");
        assertThat(tunings.report(started.id())).contains("★ best");
    }

    @Test
    void serverThatStops_interrupts_resumingGivesTheSameTrials() throws Exception {
        Tuning whole = tunings.start(spec(Map.of("behaviour", "good"), 3, false));
        await(whole.id(), tuning -> tuning.state().isFinal());
        Tuning started = tunings.start(spec(Map.of("behaviour", "wait"), 3, false));
        await(started.id(), tuning -> hasBegun(tuning, 2));
        tunings.close();
        tunings = open(runs);
        assertThat(tunings.get(started.id()).state()).isEqualTo(Tuning.State.INTERRUPTED);
        assertThat(tunings.get(started.id()).message()).contains("latent tune films --resume " + started.id());
        tunings.resume(started.id());
        Tuning ended = await(started.id(), tuning -> tuning.state() == Tuning.State.SUCCEEDED);
        assertThat(trials(started.id()))
                .hasSize(3)
                .extracting(trial -> trial.set().get("sweeps"))
                .isEqualTo(trials(whole.id()).stream()
                        .map(trial -> trial.set().get("sweeps"))
                        .toList());
        assertThat(runs.get(ended.run()).versionName()).isPresent();
        assertThatThrownBy(() -> tunings.resume(started.id()))
                .isInstanceOf(TuningStateException.class)
                .hasMessageContaining("was not interrupted");
    }

    @Test
    void cancel_endsTheProcess_nothingIsPublished() throws Exception {
        Tuning started = tunings.start(spec(Map.of("behaviour", "spin"), 3, false));
        await(started.id(), tuning -> hasBegun(tuning, 1));
        tunings.cancel(started.id());
        Tuning ended = await(started.id(), tuning -> tuning.state().isFinal());
        assertThat(ended.state()).isEqualTo(Tuning.State.CANCELLED);
        assertThat(ended.run()).isEmpty();
        assertThatThrownBy(() -> tunings.cancel(started.id())).isInstanceOf(TuningStateException.class);
    }

    @Test
    void metricThatIsNone_isRefused_nothingIsCreated() {
        TuningSpec wrong = new TuningSpec(
                "films",
                "films",
                "trial",
                new TuningGoal(Map.of(), "beauty", 3, 0, 3, 0),
                new TreeMap<>(),
                false,
                "test");
        assertThatThrownBy(() -> tunings.start(wrong)).hasMessageContaining("'beauty'");
        assertThat(tunings.list()).isEmpty();
    }
}
