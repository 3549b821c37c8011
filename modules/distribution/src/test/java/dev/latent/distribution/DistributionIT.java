package dev.latent.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The distribution as it was built: servers and commands as processes, which wait for each other more than they work. */
@Execution(ExecutionMode.CONCURRENT)
class DistributionIT {

    private static final Path LATENT = Path.of("target/latent/bin/latent").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final List<Process> servers = new ArrayList<>();
    private String address = "";

    private void startServer() throws Exception {
        Path out = folder.resolve("server.out");
        servers.add(builder("serve", "--home", home().toString(), "--grpc-port", "0", "--http-port", "0")
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("server.log").toFile())
                .start());
        await(() -> Files.readString(out).contains("ready grpc="));
        address = Files.readString(out).replaceAll("(?s).*ready grpc=(\\S+).*", "$1");
    }

    @AfterEach
    void stopServers() throws Exception {
        for (Process server : servers) {
            server.destroyForcibly().waitFor();
        }
    }

    private Path home() {
        return folder.resolve("home");
    }

    @Test
    void files_areEvaluatedWithoutAServer() throws Exception {
        Path train = Files.writeString(folder.resolve("train.tsv"), "1\ta\n1\tb\n2\ta\n2\tb\n2\tc\n3\ta\n3\tc\n");
        Path test = Files.writeString(folder.resolve("test.tsv"), "1\tc\n3\tb\n");
        Result evaluated = run(
                "evaluate",
                "--algorithm",
                "wals",
                "--set",
                "factors=2",
                "iterations=2",
                "--protocol",
                "given",
                "--train",
                train.toString(),
                "--test",
                test.toString(),
                "--metrics",
                "hr@1,ndcg@10,rmse",
                "--threads",
                "2",
                "-o",
                "json");
        assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
        assertThat(evaluated.err().lines()).allMatch(line -> line.contains("Using incubator modules"));
        assertThat(evaluated.out())
                .startsWith("{\"protocol\":\"given\",\"seed\":1,\"users\":2,\"metrics\":{\"hr@1\":{\"value\":1.0,")
                .contains("\"popularity\":{\"hr@1\":1.0,", "\"ease\":{\"hr@1\":1.0,", "\"seconds\":");
    }

    @Test
    void ratingsFile_becomesRecommendations_andDamageIsFound() throws Exception {
        startServer();
        assertThat(succeed("plugins", "list", "-o", "json"))
                .contains(
                        "\"name\":\"ease\"",
                        "\"name\":\"item-knn\"",
                        "\"name\":\"popularity\"",
                        "\"name\":\"sgd\"",
                        "\"name\":\"wals\"")
                .doesNotContain("REJECTED", "FAILED");
        String sample = folder.resolve("sample").toString();
        succeed("sample", sample);
        assertThat(succeed("import", "films", sample)).contains("IMPORTED");
        assertThat(succeed("import", "films", sample)).contains("UNCHANGED").doesNotContain("IMPORTED");
        assertThat(succeed(
                        "train",
                        "films",
                        "--dataset",
                        "films",
                        "--algorithm",
                        "wals",
                        "--set",
                        "factors=8",
                        "iterations=3"))
                .isEqualTo("films@1\n");
        succeed("promote", "films", "1");
        assertThat(succeed("recommend", "films", "1", "-k", "2", "-o", "json"))
                .matches(
                        "\\{\"version\":\"films@1\",\"fallback\":\"\",\"recommendations\":\\[\\{\"item_id\":\"[0-9]+\","
                                + "\"score\":[0-9.E-]+,\"title\":\"[^\"]+\"},\\{.*}]}\n");
        assertThat(succeed("versions", "list", "films", "-o", "json"))
                .startsWith("[{\"version\":\"films@1\",\"state\":\"READY\",\"aliases\":[\"live\"],\"metrics\":{\"");
        assertEvaluated();
        assertThat(run("recommend", "nothing", "1").exitCode()).isEqualTo(5);
        assertThat(run("promote", "films", "1", "--expect-generation", "7").exitCode())
                .isEqualTo(6);
        assertThat(run("train", "films", "--set", "factors=0").err()).contains("factors");
        assertThat(run("train", "films", "--set", "factors=0").exitCode()).isEqualTo(2);
        assertThat(succeed("verify")).startsWith("intact: 1 models, 1 versions");
        assertThat(run("verify", "--offline", "--home", home().toString()).exitCode())
                .isEqualTo(6);

        stopGracefully();
        assertThat(succeed("verify", "--offline", "--home", home().toString()))
                .startsWith("intact: 1 models, 1 versions, 1 datasets");
        damage();
        Result damaged = run("verify", "--offline", "--home", home().toString());
        assertThat(damaged.exitCode()).isEqualTo(8);
        assertThat(damaged.err()).contains("films@1");
        assertThat(run("status").exitCode()).isEqualTo(7);
    }

    /** The item that is recommended first has rank 1 when the version that recommended it is measured with it. */
    private void assertEvaluated() throws Exception {
        String first = succeed("recommend", "films", "1", "-k", "1", "-o", "json")
                .replaceAll("(?s).*\"item_id\":\"([0-9]+)\".*", "$1");
        Path test = Files.writeString(folder.resolve("later.tsv"), "1\t" + first + "\n");

        Result evaluated = run(
                "evaluate",
                "films@live",
                "--test",
                test.toString(),
                "--metrics",
                "hr@1,mrr",
                "--seed",
                "7",
                "-o",
                "json");

        assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
        assertThat(evaluated.out())
                .contains(
                        "\"version\":\"films@1\"",
                        "\"protocol\":\"given\"",
                        "\"seed\":7",
                        "\"users\":1",
                        "\"hr@1\":{\"value\":1.0",
                        "\"mrr\":{\"value\":1.0",
                        "\"popularity\":{");
        assertThat(succeed("versions", "describe", "films", "1")).contains("hr@1");
        assertThat(home().resolve("models/films/versions/1/evaluations/1.json")).exists();
    }

    private void stopGracefully() throws InterruptedException {
        Process server = servers.getLast();
        server.destroy();
        assertThat(server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isZero();
    }

    /** Turns over a bit of the largest file of the version. */
    private void damage() throws IOException {
        Path version = home().resolve("models/films/versions/1");
        Path largest;
        try (var files = Files.list(version)) {
            largest = files.max((a, b) ->
                            Long.compare(a.toFile().length(), b.toFile().length()))
                    .orElseThrow();
        }
        try (FileChannel channel = FileChannel.open(largest, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer bit = ByteBuffer.allocate(1);
            long middle = channel.size() / 2;
            channel.read(bit, middle);
            channel.write(ByteBuffer.wrap(new byte[] {(byte) (bit.get(0) ^ 1)}), middle);
        }
    }

    @Test
    void interruptOfATraining_leavesItRunning_andSaysHowToEndIt() throws Exception {
        startServer();
        String sample = folder.resolve("sample").toString();
        succeed("sample", sample);
        succeed("import", "films", sample);
        Path err = folder.resolve("train.err");
        ProcessBuilder command = builder(
                "train", "films", "--dataset", "films", "--algorithm", "sgd", "--set", "epochs=10000", "loss=bpr");
        command.command().addAll(0, heedingInterrupts());
        Process train = command.redirectError(err.toFile()).start();
        await(() -> Files.readString(err).contains("running"));

        new ProcessBuilder("kill", "-INT", Long.toString(train.pid())).start().waitFor();

        assertThat(train.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(train.exitValue()).isEqualTo(130);
        assertThat(Files.readString(err)).contains("goes on", "latent runs watch", "latent runs cancel");
        String run = Files.readString(err).replaceAll("(?s).*latent runs cancel ([^']+)'.*", "$1");
        assertThat(succeed("runs", "list", "-o", "json")).contains("\"state\":\"RUNNING\"");
        succeed("runs", "cancel", run);
        Result watched = run("runs", "watch", run);
        assertThat(watched.exitCode()).isEqualTo(1);
        assertThat(watched.err()).contains("was cancelled");
    }

    /** What lets a command hear an interrupt even when this build was started in the background, where shells ignore them. */
    private static List<String> heedingInterrupts() throws Exception {
        List<String> heeding = List.of("env", "--default-signal=INT");
        List<String> trial = new ArrayList<>(heeding);
        trial.add("true");
        return new ProcessBuilder(trial).start().waitFor() == 0 ? heeding : List.of();
    }

    @Test
    void strangersJar_isListedTrainedAndServed_andItsVersionOutlivesIt() throws Exception {
        startServer();
        String sample = folder.resolve("sample").toString();
        succeed("sample", sample);
        succeed("import", "films", sample);
        Path jar = home().resolve("plugins").resolve("together.jar");
        Files.copy(exampleJar(), jar);
        await(this::listsTogether);

        assertThat(succeed("train", "films", "--dataset", "films", "--algorithm", "together"))
                .isEqualTo("films@1\n");
        succeed("promote", "films", "1");
        String before = succeed("recommend", "films", "1", "-o", "json");
        assertThat(before).startsWith("{\"version\":\"films@1\",\"fallback\":\"\"");
        Files.delete(jar);
        await(() -> !listsTogether());
        assertThat(succeed("recommend", "films", "1", "-o", "json")).isEqualTo(before);
        assertThat(run("train", "films").exitCode()).isEqualTo(5);
    }

    private boolean listsTogether() {
        try {
            return succeed("plugins", "list", "-o", "json").contains("{\"name\":\"together\"");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Path exampleJar() throws IOException {
        try (var files = Files.list(Path.of("../examples/algorithm/target"))) {
            return files.filter(file -> file.getFileName().toString().matches("latent-example-algorithm-[0-9.]+\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void archive_holdsWhatTheFolderHolds() throws Exception {
        Path archive;
        try (var files = Files.list(Path.of("target"))) {
            archive = files.filter(file -> file.toString().endsWith(".tar.gz"))
                    .findFirst()
                    .orElseThrow();
        }
        Process tar = new ProcessBuilder("tar", "tvzf", archive.toString()).start();
        String list = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(list.lines()).anyMatch(line -> line.startsWith("-rwxr-xr-x") && line.endsWith("/bin/latent"));
        assertThat(list)
                .contains("/etc/latent.yaml", "/plugins/wals/latent-wals", "/lib/server/latent-server", "/LICENSE");
        assertThat(list).doesNotContain("/cache/", "/plugins/wals/latent-spi");
    }

    private String succeed(String... arguments) throws Exception {
        Result result = run(arguments);
        assertThat(result.exitCode())
                .as(String.join(" ", arguments) + "\n" + result.err())
                .isZero();
        return result.out();
    }

    private Result run(String... arguments) throws Exception {
        Path err = Files.createTempFile(folder, "err", "");
        Process process = builder(arguments).redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), out, Files.readString(err));
    }

    /** What a command left. */
    private record Result(int exitCode, String out, String err) {}

    private ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>(List.of(LATENT.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // Processes that live for seconds: nothing here waits for code of the second compiler.
        builder.environment().put("LATENT_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
        builder.environment().put("LATENT_TRAINING_JVM_ARGUMENTS", "-XX:TieredStopAtLevel=1");
        if (!address.isEmpty()) {
            builder.environment().put("LATENT_SERVER", address);
        }
        return builder;
    }

    private void await(Condition condition) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.holds()) {
            assertThat(Instant.now()).as("patience").isBefore(end);
            assertThat(servers.getLast().isAlive())
                    .as(() -> "server: " + read(folder.resolve("server.log")))
                    .isTrue();
            Thread.sleep(50);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Something to wait for. */
    private interface Condition {
        boolean holds() throws IOException;
    }
}
