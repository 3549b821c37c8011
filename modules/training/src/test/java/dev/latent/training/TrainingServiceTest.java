package dev.latent.training;

import static dev.latent.training.TestHome.await;
import static dev.latent.training.TestHome.behaving;
import static dev.latent.training.TestHome.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latent.interactions.DatasetNotFoundException;
import dev.latent.interactions.Interaction;
import dev.latent.interactions.RepeatPolicy;
import dev.latent.models.Manifest;
import dev.latent.models.ModelKind;
import dev.latent.models.NotFoundException;
import dev.latent.models.Version;
import dev.latent.plugins.AlgorithmNotFoundException;
import dev.latent.spi.InvalidHyperparametersException;
import dev.latent.spi.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs from start to end, with the work inside this process. */
class TrainingServiceTest {

    @TempDir
    private Path directory;

    private TestHome home;

    @BeforeEach
    void open() throws IOException {
        home = TestHome.create(directory);
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void start_goodAlgorithm_publishesAMeasuredVersion() throws IOException {
        TrainingService service = home.openInProcess();

        Run run = await(
                service, service.start(spec().seed(5).requestedBy("tester").build()));

        assertThat(run.state()).as(run.message()).isEqualTo(Run.State.SUCCEEDED);
        assertThat(run.versionName()).contains("films@1");
        assertThat(run.metrics()).containsKeys("ndcg@10", "recall@10", "hr@10", "mrr", "coverage@10");
        assertThat(run.baselines()).containsOnlyKeys("popularity");
        assertThat(run.started()).isPresent();
        assertThat(run.ended()).isPresent();
        try (Version version = home.models.open("films", 1)) {
            Manifest manifest = version.manifest();
            assertThat(manifest.content().kind()).isEqualTo(ModelKind.EMBEDDING);
            assertThat(manifest.content().users()).isEqualTo(TestHome.USERS);
            assertThat(manifest.metadata().run()).isEqualTo(run.id());
            assertThat(manifest.metadata().requestedBy()).isEqualTo("tester");
            assertThat(manifest.metadata().algorithm().version()).isEqualTo(TrialPlugin.VERSION);
            assertThat(manifest.metadata().training().task()).isEqualTo(Task.RANKING);
            assertThat(manifest.metadata().training().sweeps()).isEqualTo(4);
            assertThat(manifest.metadata().training().seed()).isEqualTo(5);
            assertThat(manifest.metadata().training().hyperparameters())
                    .containsEntry("sweeps", "4")
                    .containsEntry("behaviour", "good");
            assertThat(manifest.metadata().holdout().protocol())
                    .startsWith("leave-last-out seed=5")
                    .endsWith("then trained again on everything");
            assertThat(manifest.metrics()).isEqualTo(run.metrics());
            assertThat(version.sections().names()).contains("user_counts", "item_counts");
        }
        assertThat(Files.exists(directory.resolve("runs/run-1/snapshot"))).isFalse();
        assertThat(Files.exists(directory.resolve("runs/run-1/task.json"))).isFalse();
        assertThat(directory.resolve("runs/run-1/log")).content().contains("held out by leave-last-out");
    }

    @Test
    void start_scoringModel_publishesItsSections() throws IOException {
        TrainingService service = home.openInProcess();

        Run run = await(service, service.start(behaving("scoring")));

        assertThat(run.state()).as(run.message()).isEqualTo(Run.State.SUCCEEDED);
        assertThat(run.metrics()).isEqualTo(run.baselines().get("popularity"));
        try (Version version = home.models.open("films", 1)) {
            assertThat(version.manifest().content().kind()).isEqualTo(ModelKind.SCORING);
            assertThat(version.sections().names()).contains("counts");
        }
    }

    @Test
    void start_ratingTask_measuresErrorsOnARandomShare() throws IOException {
        TrainingService service = home.openInProcess();

        Run run = await(
                service, service.start(spec().hyperparameter("task", "rating").build()));

        assertThat(run.metrics()).containsOnlyKeys("rmse", "mae");
        assertThat(run.baselines()).containsOnlyKeys("item_mean", "bias");
        assertThat(run.holdout().orElseThrow().protocol()).isEqualTo("random:0.1");
    }

    @Test
    void start_withoutSplit_isNotMeasured() throws IOException {
        TrainingService service = home.openInProcess();

        Run run = await(service, service.start(spec().split("none").build()));

        assertThat(run.state()).isEqualTo(Run.State.SUCCEEDED);
        assertThat(run.holdout()).isEmpty();
        try (Version version = home.models.open("films", 1)) {
            assertThat(version.manifest().metrics()).isEmpty();
        }
    }

    @Test
    void start_minimumValueDeclared_asksOnlyForLikedItems() throws IOException {
        TrainingService service = home.openInProcess();

        Run run = await(
                service,
                service.start(spec().hyperparameter("minimum_value", "4").build()));

        assertThat(run.holdout().orElseThrow().relevance().minimumValue()).isEqualTo(4);
        assertThat(run.holdout().orElseThrow().users()).isBetween(5, TestHome.USERS - 5);
    }

    @Test
    void start_withoutRefit_publishesTheMeasuredModel() throws IOException {
        TrainingService service = home.openInProcess();

        await(service, service.start(spec().refit(false).build()));
        await(service, service.start(spec().build()));

        try (Version measured = home.models.open("films", 1);
                Version refitted = home.models.open("films", 2)) {
            assertThat(sumOfBiases(refitted) - sumOfBiases(measured)).isEqualTo(TestHome.USERS);
            assertThat(measured.manifest().metadata().holdout().protocol()).endsWith("the measured model itself");
        }
    }

    private static double sumOfBiases(Version version) {
        double sum = 0;
        for (int item = 0; item < version.manifest().content().items(); item++) {
            sum += version.embedding().orElseThrow().itemBiases().orElseThrow().get(item, 0);
        }
        return sum;
    }

    @Test
    void start_earlyStopping_keepsTheBestSweepAndRefitsToIt() throws IOException {
        TrainingService service = home.openInProcess();
        List<RunEvent> events = Collections.synchronizedList(new ArrayList<>());

        Run started = service.start(spec().hyperparameter("behaviour", "peak")
                .hyperparameter("sweeps", "50")
                .earlyStopping(new EarlyStopping("", 2))
                .build());
        service.watch(started.id(), 0, events::add);
        Run run = await(service, started);

        assertThat(run.state()).as(run.message()).isEqualTo(Run.State.SUCCEEDED);
        try (Version version = home.models.open("films", 1)) {
            assertThat(version.manifest().metadata().training().sweeps()).isEqualTo(3);
            assertThat(sumOfBiases(version)).isPositive();
        }
        assertThat(run.metrics().get("ndcg@10")).isGreaterThan(0.9 * popularity(run, "ndcg@10"));
        List<Integer> trained = events.stream()
                .flatMap(event -> event.progress().stream())
                .filter(progress -> progress.phase() == RunProgress.Phase.TRAIN)
                .map(RunProgress::sweep)
                .toList();
        assertThat(trained).contains(5).doesNotContain(6);
        assertThat(events)
                .anyMatch(event -> event.progress()
                        .map(progress -> progress.metrics().containsKey("validation_ndcg@10"))
                        .orElse(false));
    }

    @Test
    void start_earlyStoppingOfAScoringModel_trainsAgainToTheBestSweep() throws IOException {
        TrainingService service = home.openInProcess();

        Run run = await(
                service,
                service.start(spec().hyperparameter("behaviour", "scoring-peak")
                        .refit(false)
                        .earlyStopping(new EarlyStopping("ndcg@10", 3))
                        .build()));

        assertThat(run.state()).as(run.message()).isEqualTo(Run.State.SUCCEEDED);
        try (Version version = home.models.open("films", 1)) {
            assertThat(version.manifest().metadata().training().sweeps()).isEqualTo(3);
            assertThat(version.sections().read("counts").floats().get(0, 0)).isPositive();
        }
    }

    private static double popularity(Run run, String metric) {
        return run.baselines().getOrDefault("popularity", Map.of()).getOrDefault(metric, Double.NaN);
    }

    @Test
    void start_earlyStoppingOnUnknownMetric_failsNamingTheChoices() throws IOException {
        TrainingService service = home.openInProcess();

        Run run = await(
                service,
                service.start(spec().earlyStopping(new EarlyStopping("rmse", 2)).build()));

        assertThat(run.state()).isEqualTo(Run.State.FAILED);
        assertThat(run.message()).contains("'rmse'").contains("ndcg@10");
    }

    @ParameterizedTest
    @CsvSource({
        "throw, the plugin's own mistake",
        "error, StackOverflowError",
        "nan, item factors in row 2",
        "scoring-nan, score of item 1",
        "rows, 61 rows of user factors",
        "null, null",
        "scoring-unwritable, the plugin cannot write",
    })
    void start_misbehavingAlgorithm_failsNamingPluginAndVersion(String behaviour, String reason) throws IOException {
        TrainingService service = home.openInProcess();

        Run run = await(service, service.start(behaving(behaviour)));

        assertThat(run.state()).isEqualTo(Run.State.FAILED);
        assertThat(run.message()).contains("Plugin 'trial' version 1.2.3").contains(reason);
        assertThat(home.models.versions("films")).isEmpty();
        assertThat(home.pending()).isEmpty();
    }

    @Test
    void start_divergingAlgorithm_failsWithItsAdvice() throws IOException {
        TrainingService service = home.openInProcess();

        Run run = await(service, service.start(behaving("diverge")));

        assertThat(run.state()).isEqualTo(Run.State.FAILED);
        assertThat(run.message()).contains("lower 'learning_rate'");
        assertThat(home.models.versions("films")).isEmpty();
    }

    @Test
    void start_emptyDataset_failsWithTheNextStep() throws IOException {
        TrainingService service = home.openInProcess();

        Run run = await(
                service,
                service.start(TrainingSpec.builder("films", "nothing", "trial").build()));

        assertThat(run.state()).isEqualTo(Run.State.FAILED);
        assertThat(run.message())
                .contains("Dataset 'nothing' has no interactions")
                .contains("latent import");
    }

    @Test
    void start_splitGiven_isTaken() throws IOException {
        TrainingService service = home.openInProcess();

        Run run = await(service, service.start(spec().split("temporal:0.2").build()));

        assertThat(run.state()).as(run.message()).isEqualTo(Run.State.SUCCEEDED);
        assertThat(run.holdout().orElseThrow().protocol()).isEqualTo("temporal:0.2");
    }

    @Test
    void start_temporalSplitWithoutTimes_failsInWords() throws IOException {
        home.interactions.createDataset("timeless", RepeatPolicy.LAST);
        home.interactions.append(
                "timeless", List.of(new Interaction("a", "x", 1, 0, "view"), new Interaction("b", "y", 1, 0, "view")));
        TrainingService service = home.openInProcess();

        Run run = await(
                service,
                service.start(TrainingSpec.builder("films", "timeless", "trial")
                        .split("temporal:0.2")
                        .build()));

        assertThat(run.state()).isEqualTo(Run.State.FAILED);
        assertThat(run.message()).contains("different times").contains("leave-last-out");
    }

    @Test
    void start_nothingToHoldOut_isNotMeasured() throws IOException {
        home.interactions.createDataset("single", RepeatPolicy.LAST);
        home.interactions.append("single", List.of(new Interaction("a", "x", 1, 7, "view")));
        TrainingService service = home.openInProcess();

        Run run = await(
                service,
                service.start(TrainingSpec.builder("films", "single", "trial").build()));

        assertThat(run.state()).as(run.message()).isEqualTo(Run.State.SUCCEEDED);
        assertThat(run.holdout()).isEmpty();
        assertThat(TestHome.log(service, run.id()))
                .contains("nothing is held out")
                .contains("not measured");
    }

    @Test
    void start_badRequest_createsNothing() throws IOException {
        TrainingService service = home.openInProcess();

        assertThatThrownBy(() -> service.start(spec().hyperparameter("sweeps", "0")
                        .hyperparameter("colour", "red")
                        .build()))
                .isInstanceOf(InvalidHyperparametersException.class)
                .hasMessageContaining("sweeps")
                .hasMessageContaining("colour");
        assertThatThrownBy(() -> service.start(
                        TrainingSpec.builder("films", "films", "unheard").build()))
                .isInstanceOf(AlgorithmNotFoundException.class);
        assertThatThrownBy(() -> service.start(
                        TrainingSpec.builder("films", "unheard", "trial").build()))
                .isInstanceOf(DatasetNotFoundException.class);
        assertThatThrownBy(() -> service.start(
                        TrainingSpec.builder("unheard", "films", "trial").build()))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> service.start(spec().threads(3).build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 threads");
        assertThatThrownBy(() -> spec().split("sideways").build()).isInstanceOf(IllegalArgumentException.class);
        assertThat(service.list()).isEmpty();
        assertThat(directory.resolve("runs")).isDirectoryNotContaining("glob:**/run-*");
    }
}
