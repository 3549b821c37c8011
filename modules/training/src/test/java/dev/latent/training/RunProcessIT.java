package dev.latent.training;

import static dev.latent.training.TestHome.await;
import static dev.latent.training.TestHome.behaving;
import static dev.latent.training.TestHome.log;
import static dev.latent.training.TestHome.spec;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs in processes of their own, which plugins try to harm. */
class RunProcessIT {

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
        return TrainingOptions.defaults()
                .withThreads(2)
                .withProcess(TrainingOptions.ChildProcess.likeThis()
                        .withHeapBytes(128L << 20)
                        .withArguments(List.of("-XX:TieredStopAtLevel=1")));
    }

    @Test
    void start_goodAlgorithm_publishesTheSameBytesAtAnyThreadsAndInProcess() throws IOException {
        TrainingService children = home.open(options());
        Run one = await(children, children.start(spec().threads(1).seed(7).build()));
        assertThat(one.state()).as(one.message()).isEqualTo(Run.State.SUCCEEDED);
        assertThat(one.metrics()).containsKey("ndcg@10");
        children.close();

        Map<String, byte[]> bytes = sections(directory.resolve("home"));
        assertThat(bytes).isNotEmpty();
        for (String other : List.of("two", "here")) {
            try (TestHome same = TestHome.create(directory.resolve(other))) {
                TrainingService service =
                        same.open(other.equals("here") ? options().inProcess() : options());
                Run run = await(service, service.start(spec().threads(2).seed(7).build()));
                assertThat(run.metrics()).isEqualTo(one.metrics());
                assertThat(sections(directory.resolve(other)))
                        .usingRecursiveComparison()
                        .isEqualTo(bytes);
            }
        }
    }

    private static Map<String, byte[]> sections(Path home) throws IOException {
        Map<String, byte[]> sections = new TreeMap<>();
        try (Stream<Path> files = Files.list(home.resolve("models/films/versions/1"))) {
            for (Path file :
                    files.filter(path -> !path.endsWith("manifest.json")).toList()) {
                sections.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return sections;
    }

    @ParameterizedTest
    @CsvSource({
        "exit, exited with status 7",
        "halt, exited with status 9",
        "signal, killed by signal 9 (SIGKILL",
        "heap, ran out of memory",
        "crash, native code crashed",
        "throw, the plugin's own mistake",
        "error, StackOverflowError",
        "nan, item factors in row 2",
        "rows, 61 rows of user factors",
        "diverge, lower 'learning_rate'",
    })
    void start_harmfulAlgorithm_costsItsRunOnly(String behaviour, String reason) throws IOException {
        TrainingService service = home.open(options());

        Run run = await(service, service.start(behaving(behaviour)));

        assertThat(run.state()).isEqualTo(Run.State.FAILED);
        assertThat(run.message()).contains(reason);
        assertThat(home.models.versions("films")).isEmpty();
        assertThat(home.pending()).isEmpty();
    }

    @Test
    void start_goodAlgorithmAfterAHarmfulOne_succeeds() throws IOException {
        TrainingService service = home.open(options());
        await(service, service.start(behaving("exit")));

        Run run = await(service, service.start(behaving("good")));

        assertThat(run.state()).as(run.message()).isEqualTo(Run.State.SUCCEEDED);
        assertThat(run.versionName()).contains("films@1");
    }

    @ParameterizedTest
    @CsvSource({"loop", "spin", "fork"})
    void cancel_endlessAlgorithm_endsItsProcessSoon(String behaviour) throws Exception {
        TrainingService service = home.open(options());
        Run run = service.start(behaving(behaviour));
        ProcessHandle child = awaitChild();
        if (behaviour.equals("fork")) {
            for (int wait = 0; wait < 500 && child.descendants().findAny().isEmpty(); wait++) {
                Thread.sleep(20);
            }
        } else {
            awaitPhase(service, run, RunProgress.Phase.TRAIN);
        }
        List<ProcessHandle> all =
                Stream.concat(Stream.of(child), child.descendants()).toList();
        assertThat(all).hasSize(behaviour.equals("fork") ? 2 : 1);

        service.cancel(run.id());

        assertThat(await(service, run, Duration.ofSeconds(5)).state()).isEqualTo(Run.State.CANCELLED);
        for (ProcessHandle process : all) {
            assertGone(process, Duration.ofSeconds(2));
        }
        assertThat(home.models.versions("films")).isEmpty();
    }

    private static void awaitPhase(TrainingService service, Run run, RunProgress.Phase phase)
            throws InterruptedException {
        for (int wait = 0; wait < 500 && service.get(run.id()).progress().phase() != phase; wait++) {
            Thread.sleep(20);
        }
        assertThat(service.get(run.id()).progress().phase()).isEqualTo(phase);
    }

    @Test
    void start_endlessAlgorithmWithTimeLimit_failsAndFreesItsPlace() throws IOException {
        TrainingService service = home.open(options().withTimeLimit(Duration.ofSeconds(3)));

        Run run = await(service, service.start(behaving("spin")), Duration.ofSeconds(15));

        assertThat(run.state()).isEqualTo(Run.State.FAILED);
        assertThat(run.message()).contains("time limit of PT3S");
        assertThat(service.count(Run.State.RUNNING)).isZero();
    }

    @Test
    void start_printingAlgorithm_isHeardInTheLog() throws IOException {
        TrainingService service = home.open(options());

        Run run = await(service, service.start(behaving("print")));

        assertThat(run.state()).as(run.message()).isEqualTo(Run.State.SUCCEEDED);
        assertThat(log(service, run.id()))
                .contains("said on standard output", "said on standard error", "said to the listener\uFFFD[31m")
                .contains("and not ended")
                .doesNotContain("logLine");
    }

    @Test
    void snapshotTruncatedUnderTheRun_failsSayingSo() throws Exception {
        TrainingService service = home.open(options());
        Run run = service.start(spec().hyperparameter("behaviour", "wait")
                .hyperparameter("sweeps", "60")
                .build());
        awaitPhase(service, run, RunProgress.Phase.TRAIN);
        for (String file : List.of("by_item_offsets", "by_item_indices", "by_user_offsets", "by_user_indices")) {
            truncate(directory.resolve("home/runs/snapshots"), file);
        }

        Run ended = await(service, run);

        assertThat(ended.state()).isEqualTo(Run.State.FAILED);
        assertThat(ended.message())
                .contains("was changed while the run worked on it")
                .contains("by_item_indices.section has 0 bytes")
                .contains("nothing was published");
        assertThat(home.models.versions("films")).isEmpty();
        assertThat(await(service, service.start(behaving("good"))).state()).isEqualTo(Run.State.SUCCEEDED);
    }

    private static void truncate(Path snapshots, String section) throws IOException {
        try (Stream<Path> files = Files.walk(snapshots)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith(section + "."))
                    .toList()) {
                Files.newByteChannel(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                        .close();
            }
        }
    }

    @Test
    void start_missingLauncher_failsNamingIt() throws IOException {
        TrainingOptions.ChildProcess like = TrainingOptions.ChildProcess.likeThis();
        TrainingService service = home.open(options()
                .withProcess(new TrainingOptions.ChildProcess(
                        Path.of("/no/such/java"), like.classPath(), like.heapBytes(), List.of())));

        Run run = await(service, service.start(behaving("good")));

        assertThat(run.state()).isEqualTo(Run.State.FAILED);
        assertThat(run.message()).contains("/no/such/java");
    }

    @Test
    void start_pluginReplacedMeanwhile_isRefused() throws Exception {
        TrainingService service = home.open(options());
        Run run = service.start(behaving("good"));
        TrialPlugin.replace(directory.resolve("home/plugins"));

        Run ended = await(service, run);

        assertThat(ended.state()).isEqualTo(Run.State.FAILED);
        assertThat(ended.message()).contains("Plugin 'trial'").contains("has changed since the run was asked for");
    }

    @Test
    void close_runAtWork_endsItsProcess() throws Exception {
        TrainingService service = home.open(options());
        Run run = service.start(behaving("spin"));
        ProcessHandle child = awaitChild();
        awaitPhase(service, run, RunProgress.Phase.TRAIN);

        service.close();

        assertGone(child, Duration.ofSeconds(5));
        assertThat(service.get(run.id()).state()).isEqualTo(Run.State.FAILED);
        assertThat(service.get(run.id()).message()).contains("server stopped");
    }

    @Test
    void parentKilled_orphanEndsItselfAndTheNextStartSaysSo() throws Exception {
        Path orphaned = directory.resolve("orphaned");
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OrphanMaker.class.getName(),
                        orphaned.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        ProcessHandle child;
        try (BufferedReader reader = parent.inputReader()) {
            String line = reader.readLine();
            assertThat(line).as("the parent's first line").isNotNull();
            child = ProcessHandle.of(Long.parseLong(line)).orElseThrow();
            awaitLog(orphaned.resolve("runs/run-1/log"));
            assertThat(child.isAlive()).isTrue();

            parent.destroyForcibly().waitFor();
        }

        assertGone(child, Duration.ofSeconds(2));
        try (TestHome next = TestHome.reopen(orphaned)) {
            TrainingService service = next.open(options());
            assertThat(service.get("run-1").state()).isEqualTo(Run.State.FAILED);
            assertThat(service.get("run-1").message()).contains("server stopped during the run");
            assertThat(await(service, service.start(behaving("good"))).versionName())
                    .contains("films@1");
        }
    }

    private static void awaitLog(Path log) throws InterruptedException {
        for (int wait = 0; wait < 500 && !Files.exists(log); wait++) {
            Thread.sleep(20);
        }
        assertThat(log).exists();
    }

    private static ProcessHandle awaitChild() throws InterruptedException {
        for (int wait = 0; wait < 500; wait++) {
            Optional<ProcessHandle> child = ProcessHandle.current().children().findFirst();
            if (child.isPresent()) {
                return child.get();
            }
            Thread.sleep(20);
        }
        throw new AssertionError("The run started no process");
    }

    private static void assertGone(ProcessHandle process, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (isRunning(process) && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        assertThat(isRunning(process))
                .as("process %s is running %s later", process, limit)
                .isFalse();
    }

    /** An orphan stays in the table of processes until its new parent has asked how it ended. */
    private static boolean isRunning(ProcessHandle process) {
        try {
            String state = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return state.charAt(state.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }
}
