package dev.latent.training;

import static dev.latent.training.TestHome.await;
import static dev.latent.training.TestHome.log;
import static dev.latent.training.TestHome.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latent.interactions.Interaction;
import dev.latent.interactions.RepeatPolicy;
import dev.latent.models.ModelDefinition;
import dev.latent.models.NotFoundException;
import dev.latent.models.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that start from an earlier version. */
class WarmStartTest {

    @TempDir
    private Path directory;

    private TestHome home;

    @BeforeEach
    void open() throws IOException {
        home = TestHome.create(directory);
        home.interactions.createDataset("few", RepeatPolicy.LAST);
        home.interactions.append("few", List.of(row("b", "y"), row("d", "w"), row("d", "y")));
        home.models.create(ModelDefinition.of("few", "few", "trial", Map.of()));
    }

    private static Interaction row(String user, String item) {
        return new Interaction(user, item, 1, 7, "view");
    }

    @AfterEach
    void close() {
        home.close();
    }

    private static TrainingSpec.Builder few() {
        return TrainingSpec.builder("few", "few", "trial").split("none");
    }

    @Test
    void start_usersAndItemsGoneAndNew_areMatchedByTheirIds() throws IOException {
        TrainingService service = home.openInProcess();
        await(service, service.start(few().build()));
        home.interactions.deleteUser("few", "b");
        home.interactions.append("few", List.of(row("a", "x"), row("d", "z"), row("c", "y")));

        Run run = await(service, service.start(few().warmStart(1).build()));

        assertThat(run.state()).as(run.message()).isEqualTo(Run.State.SUCCEEDED);
        // before: users b d, items w y; now: users a c d, items w x y z
        assertThat(log(service, run.id()))
                .contains("previous users [-1, -1, 1] items [0, -1, 1, -1] rank 4")
                .contains("Starts from few@1: 1 of 3 users and 2 of 4 items were in it");
        assertThat(service.get(run.id()).spec().warmStart()).contains(1);
    }

    @Test
    void start_servedVersion_isTheLiveOneElseTheNewest() throws IOException {
        TrainingService service = home.openInProcess();
        assertThatThrownBy(() -> service.start(
                        few().warmStart(TrainingSpec.SERVED_VERSION).build()))
                .isInstanceOf(WarmStartException.class)
                .hasMessageContaining("has no version yet");
        await(service, service.start(few().build()));
        await(service, service.start(few().build()));

        Run newest = await(
                service,
                service.start(few().warmStart(TrainingSpec.SERVED_VERSION).build()));
        home.models.promote("few", "live", 1, OptionalLong.empty(), "test", "");
        Run live = await(
                service,
                service.start(few().warmStart(TrainingSpec.SERVED_VERSION).build()));

        assertThat(newest.spec().warmStart()).contains(2);
        assertThat(live.spec().warmStart()).contains(1);
        assertThat(live.state()).as(live.message()).isEqualTo(Run.State.SUCCEEDED);
    }

    @Test
    void start_measuredWithAWarmStart_saysThatTheHoldoutMayBeKnown() throws IOException {
        TrainingService service = home.openInProcess();
        await(service, service.start(spec().build()));

        await(service, service.start(spec().warmStart(1).build()));

        try (Version version = home.models.open("films", 2)) {
            assertThat(version.manifest().metadata().holdout().protocol())
                    .contains("started from version 1, which may know what is held out");
        }
    }

    @Test
    void start_versionThatCannotBeStartedFrom_isRefused() throws IOException {
        TrainingService service = home.openInProcess();
        await(
                service,
                service.start(few().hyperparameter("behaviour", "scoring").build()));

        assertThatThrownBy(() -> service.start(few().warmStart(1).build()))
                .isInstanceOf(WarmStartException.class)
                .hasMessageContaining("few@1")
                .hasMessageContaining("no user and item vectors");
        assertThatThrownBy(() -> service.start(few().warmStart(9).build())).isInstanceOf(NotFoundException.class);
        assertThat(service.list()).hasSize(1);
    }

    @Test
    void resolve_versionOfAnotherAlgorithm_isRefused() throws IOException {
        TrainingService service = home.openInProcess();
        await(service, service.start(few().build()));

        assertThatThrownBy(() -> new StartVersions(home.models).resolve("few", "wals", 1))
                .isInstanceOf(WarmStartException.class)
                .hasMessageContaining("algorithm 'trial' trained it, this run uses 'wals'");
    }

    @Test
    void start_memoryLimit_leavesTheAlgorithmWhatTheSnapshotDoesNotTake() throws IOException {
        TrainingService service =
                home.open(TrainingOptions.defaults().inProcess().withMemoryBytes(1L << 30));

        Run run = await(service, service.start(few().build()));

        String budget = log(service, run.id())
                .lines()
                .filter(line -> line.startsWith("may use "))
                .findFirst()
                .orElseThrow();
        assertThat(Long.parseLong(budget.substring("may use ".length())))
                .isBetween((1L << 30) - 65_536, (1L << 30) - 64);
    }

    @Test
    void run_writtenBeforeWarmStarts_isRead() throws IOException {
        TrainingService service = home.openInProcess();
        Run run = await(service, service.start(few().build()));
        service.close();
        Path file = directory.resolve("runs/run-1/run.json");
        String written = Files.readString(file);
        String before = written.replaceFirst("\"warmStart\"\\s*:\\s*null,\\s*", "");
        assertThat(before).isNotEqualTo(written);
        Files.writeString(file, before);

        assertThat(home.openInProcess().get("run-1")).isEqualTo(run);
    }
}
