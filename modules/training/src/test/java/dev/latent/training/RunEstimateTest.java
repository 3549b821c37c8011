package dev.latent.training;

import static dev.latent.training.TestHome.behaving;
import static dev.latent.training.TestHome.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latent.interactions.Interaction;
import dev.latent.plugins.LoadedAlgorithm;
import dev.latent.spi.ResourceEstimate;
import dev.latent.spi.SnapshotShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of runs beforehand, and which are refused. */
class RunEstimateTest {

    @TempDir
    private Path directory;

    private TestHome home;

    @BeforeEach
    void open() throws IOException {
        home = TestHome.create(directory.resolve("home"));
    }

    @AfterEach
    void close() {
        home.close();
    }

    private static TrainingOptions options() {
        return TrainingOptions.defaults().withThreads(2).inProcess().withMemoryBytes(1L << 30);
    }

    @Test
    void estimate_addsWhatHostAndAlgorithmNeed() throws IOException {
        TrainingService service = home.open(options());

        RunEstimate estimate = service.estimate(spec().hyperparameter("mebibytes", "100")
                .hyperparameter("sweeps", "7")
                .build());

        assertThat(estimate.exact()).isTrue();
        assertThat(estimate.shape().users()).isEqualTo(TestHome.USERS);
        assertThat(estimate.snapshotBytes()).isGreaterThan(estimate.shape().interactions() * 32);
        assertThat(estimate.nativeBytes()).isGreaterThan(100L << 20);
        assertThat(estimate.heapBytes()).isEqualTo(estimate.host().heapBytes() + (1 << 20));
        assertThat(estimate.totalBytes())
                .isEqualTo(estimate.snapshotBytes() + estimate.nativeBytes() + estimate.heapBytes());
        assertThat(estimate.sweeps()).isEqualTo(7);
        assertThat(estimate.trainingSeconds()).isEqualTo(2 * 7 * 0.5);
        assertThat(estimate.capacity().totalBytes()).isEqualTo(1L << 30);
        assertThat(estimate.fits()).isTrue();
        assertThat(estimate.problem()).isEmpty();
        assertThat(service.list()).isEmpty();
    }

    @Test
    void estimate_splitAndEarlyStopping_countTheirCopies() throws IOException {
        TrainingService service = home.open(options());

        RunEstimate plain = service.estimate(spec().split("none").build());
        RunEstimate measured = service.estimate(spec().build());
        RunEstimate watched =
                service.estimate(spec().earlyStopping(new EarlyStopping("", 2)).build());

        assertThat(measured.nativeBytes() - plain.nativeBytes()).isGreaterThanOrEqualTo(plain.snapshotBytes() / 2);
        assertThat(watched.nativeBytes() - measured.nativeBytes()).isEqualTo(plain.snapshotBytes());
        assertThat(plain.trainingSeconds()).isEqualTo(measured.trainingSeconds() / 2);
    }

    @Test
    void estimate_changedDataset_isOfWhatIsThereNow() throws IOException {
        TrainingService service = home.open(options());
        long before = service.estimate(spec().build()).shape().interactions();

        home.interactions.append("films", List.of(new Interaction("new", "i1", 1, 7, "rating")));

        assertThat(service.estimate(spec().build()).shape().interactions()).isEqualTo(before + 1);
    }

    @Test
    void start_moreThanThereIs_isRefusedWithFiguresAndTheNextStep() throws IOException {
        List<Interaction> many = new ArrayList<>();
        for (int user = 0; user < 3_100; user++) {
            many.add(new Interaction("many" + user, "i1", 1, 7, "rating"));
        }
        home.interactions.append("films", many);
        TrainingService service = home.open(options());

        assertThatThrownBy(() ->
                        service.start(spec().hyperparameter("mebibytes", "4000").build()))
                .isInstanceOfSatisfying(
                        NotEnoughMemoryException.class,
                        refused -> assertThat(refused.estimate().nativeBytes()).isGreaterThan(4000L << 20))
                .hasMessageContaining("native 4.1 GiB")
                .hasMessageContaining("1.0 GiB are there: the setting training.memory")
                .hasMessageContaining("lower 'mebibytes' (it was 4000, 500 would fit)");
        assertThat(service.list()).isEmpty();
        assertThat(service.start(spec().hyperparameter("mebibytes", "500").build())
                        .id())
                .isEqualTo("run-1");
    }

    @Test
    void start_moreHeapThanIsConfigured_namesTheSetting() throws IOException {
        TrainingOptions options = TrainingOptions.defaults()
                .withThreads(2)
                .withProcess(TrainingOptions.ChildProcess.likeThis().withHeapBytes(32L << 20));
        TrainingService service = home.open(options);

        assertThatThrownBy(() -> service.start(spec().build()))
                .isInstanceOf(NotEnoughMemoryException.class)
                .hasMessageContaining("of heap, its process may have 32 MiB (setting training.heap)")
                .hasMessageContaining("raise training.heap");
    }

    @ParameterizedTest
    @CsvSource({
        "estimate-none, does not tell what it needs",
        "estimate-throw, the plugin's own mistake",
        "estimate-exit, ended with status 7",
    })
    void estimate_pluginThatCannotTell_isNotRefused(String behaviour, String note) throws IOException {
        TrainingService service = home.open(TrainingOptions.defaults().withThreads(2));

        RunEstimate estimate = service.estimate(behaving(behaviour));

        assertThat(estimate.algorithm()).isEmpty();
        assertThat(estimate.note()).contains(note);
        assertThat(estimate.sweeps()).isZero();
        assertThat(estimate.fits()).isTrue();
    }

    @Test
    void ask_pluginThatNeverAnswers_isEnded() throws InterruptedException {
        TrainingOptions options = TrainingOptions.defaults();
        LoadedAlgorithm algorithm = home.plugins.get("trial");
        SnapshotShape shape = new SnapshotShape(1, 1, 1, 1, 1, 0, 0);
        EstimateTask task = new EstimateTask(
                algorithm.pluginPath().toString(),
                algorithm.sha256(),
                "trial",
                new TreeMap<>(Map.of("behaviour", "estimate-spin")),
                shape,
                1,
                1,
                1);

        EstimateAnswer answer = new PluginEstimates(options, Duration.ofSeconds(2)).ask(task, algorithm);

        assertThat(answer.note()).contains("did not tell what it needs within 2 s");
        assertThat(ProcessHandle.current().children()).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void needs_ofMoreInteractionsThanAnIntCounts_doNotOverflow() {
        SnapshotShape shape = new SnapshotShape(2_000_000_000, 100_000, 9_000_000_000L, 100_000, 2_000_000_000, 0, 0);

        HostNeeds needs = HostNeeds.of(
                spec().threads(64).earlyStopping(new EarlyStopping("", 1)).build(), shape, 300L << 30);
        RunEstimate estimate = new RunEstimate(
                shape,
                false,
                300L << 30,
                needs,
                Optional.of(new ResourceEstimate(Long.MAX_VALUE, Long.MAX_VALUE, 1, 1)),
                new MemoryCapacity(1, 1, "a test"),
                "",
                "");

        assertThat(needs.nativeBytes()).isGreaterThan(450L << 30);
        assertThat(needs.heapBytes()).isGreaterThan(2_000_000_000L * 8);
        assertThat(estimate.totalBytes()).isEqualTo(Long.MAX_VALUE);
        assertThat(estimate.fits()).isFalse();
    }

    @Test
    void capacity_isTheLesserOfMachineAndControlGroup() throws IOException {
        Path memory = Files.writeString(directory.resolve("meminfo"), "MemTotal: 900 kB\nMemAvailable:     700 kB\n");
        Path group = Files.createDirectory(directory.resolve("cgroup"));

        assertThat(MemoryCapacity.left(5, memory, group).totalBytes()).isEqualTo(700 * 1024);
        Files.writeString(group.resolve("memory.max"), "max\n");
        Files.writeString(group.resolve("memory.current"), "500\n");
        assertThat(MemoryCapacity.left(5, memory, group).totalBytes()).isEqualTo(700 * 1024);
        Files.writeString(group.resolve("memory.max"), "100000\n");
        Files.writeString(group.resolve("memory.stat"), "anon 5\ninactive_file 200\n");
        MemoryCapacity left = MemoryCapacity.left(5, memory, group);
        assertThat(left.totalBytes()).isEqualTo(100_000 - 500 + 200);
        assertThat(left.source()).contains("control group");
        assertThat(left.heapBytes()).isEqualTo(5);
        assertThat(MemoryCapacity.left(5, directory.resolve("absent"), group.resolve("absent"))
                        .totalBytes())
                .isEqualTo(Long.MAX_VALUE);
    }
}
