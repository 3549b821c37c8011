package dev.latent.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher finds a Java and starts the right main with the right flags. Its Javas here only tell their arguments. */
class LauncherTest {

    private static final Path LAUNCHER = Path.of("src/main/distribution/bin/latent");
    private static final List<String> TOOLS = List.of(
            "dirname", "readlink", "sed", "cksum", "tr", "cut", "stty", "mkdir", "mktemp", "rm", "tail", "sleep");

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private Path distribution;
    private Path tools;

    @BeforeEach
    void unpack() throws IOException {
        // The space in its name must not matter.
        distribution = folder.resolve("my latent");
        for (String name : List.of("bin", "lib/server", "plugins", "cache")) {
            Files.createDirectories(distribution.resolve(name));
        }
        Files.copy(LAUNCHER, distribution.resolve("bin/latent"));
        assertThat(distribution.resolve("bin/latent").toFile().setExecutable(true))
                .isTrue();
        Files.createFile(distribution.resolve("lib/b.jar"));
        Files.createFile(distribution.resolve("lib/a.jar"));
        Files.createFile(distribution.resolve("lib/server/s.jar"));
        tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : TOOLS) {
            Path found = Path.of("/bin").resolve(tool);
            Path real = Files.exists(found) ? found : Path.of("/usr/bin").resolve(tool);
            writeScript(tools.resolve(tool), "exec " + real + " \"$@\"\n");
        }
        environment.put("PATH", tools.toString());
        environment.put("HOME", folder.toString());
        environment.put("LATENT_JVM_FOLDERS", "");
    }

    @Test
    void newEnoughJavaHome_isTaken() throws Exception {
        environment.put("JAVA_HOME", java("j25", "25.0.3", true).toString());
        addToPath(java("j26", "26", true));

        assertThat(run("status").out()).startsWith(folder.resolve("j25/bin/java") + "\n");
    }

    @Test
    void oldJavaHome_isPassedOverForTheOneOnThePath() throws Exception {
        environment.put("JAVA_HOME", java("j17", "17.0.1", true).toString());
        addToPath(java("j26", "26", true));

        assertThat(run("status").out()).startsWith(folder.resolve("j26/bin/java") + "\n");
    }

    @Test
    void oldJavaOnThePath_isPassedOverForOneOfTheUsualFolders() throws Exception {
        addToPath(java("j8", "1.8.0_402", true));
        java("jvms/j21", "21.0.2", true);
        java("jvms/j25", "25", true);
        environment.put("LATENT_JVM_FOLDERS", folder.resolve("jvms").toString() + "/*");

        assertThat(run("status").out()).startsWith(folder.resolve("jvms/j25/bin/java") + "\n");
    }

    @Test
    void javaWithoutReleaseFile_isAskedForItsVersion() throws Exception {
        environment.put("JAVA_HOME", java("j25", "25.0.3", false).toString());

        assertThat(run("status").exitCode()).isZero();
    }

    @Test
    void noNewEnoughJava_saysWhatWasFoundAndWhatToDo() throws Exception {
        environment.put("JAVA_HOME", java("j17", "17.0.1", true).toString());
        addToPath(java("j8", "1.8.0_402", false));

        Result result = run("status");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .startsWith("error: Latent needs Java 25 or later, and found none:")
                .contains(
                        "JAVA_HOME (" + folder.resolve("j17") + ") is 17.0.1",
                        "java on the path (" + folder.resolve("j8") + ") is 1.8.0_402",
                        "adoptium.net",
                        "JAVA_HOME to one")
                .hasLineCount(1);
    }

    @Test
    void noJavaAtAll_saysSo() throws Exception {
        Result result = run("status");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("no Java at all");
    }

    @Test
    void command_getsTheClientsJarsAndFlags() throws Exception {
        environment.put("JAVA_HOME", java("j25", "25.0.3", true).toString());
        environment.put("LATENT_JAVA_OPTS", "-Xmx8g");
        environment.put("LATENT_CLI_JAVA_OPTS", "-Xmx64m -Da=b");

        List<String> arguments =
                run("recommend", "movies", "user with space", "*").arguments();

        assertThat(arguments)
                .contains("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m", "-Da=b")
                .contains("-Dlatent.out.terminal=false", "-Dlatent.err.terminal=false")
                .contains(distribution.resolve("lib/a.jar") + ":" + distribution.resolve("lib/b.jar"))
                .doesNotContain("-Xmx8g")
                .endsWith("dev.latent.cli.LatentCommand", "recommend", "movies", "user with space", "*");
    }

    @Test
    void trainingOnFiles_getsTheFlagsOfTraining() throws Exception {
        environment.put("JAVA_HOME", java("j25", "25.0.3", true).toString());
        environment.put("LATENT_CLI_JAVA_OPTS", "-Xmx3g");

        for (String verb : List.of("evaluate", "tune")) {
            assertThat(run(verb, "--algorithm", "wals", "a b").arguments())
                    .contains("--add-modules=jdk.incubator.vector", "-XX:MaxRAMPercentage=70", "-Xmx3g")
                    .contains("-Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0")
                    .contains("-Dlatent.plugins=" + distribution.resolve("plugins"))
                    .doesNotContain("-XX:TieredStopAtLevel=1")
                    .endsWith("dev.latent.cli.LatentCommand", verb, "--algorithm", "wals", "a b");
            assertThat(run(verb, "films").arguments()).contains("-XX:TieredStopAtLevel=1");
            assertThat(run(verb, "--algorithm", "--help").arguments()).contains("-XX:TieredStopAtLevel=1");
        }
    }

    @Test
    void serve_getsTheServersJarsAndFlags() throws Exception {
        environment.put("JAVA_HOME", java("j25", "25.0.3", true).toString());
        environment.put("LATENT_JAVA_OPTS", "-Xmx8g");

        List<String> arguments =
                run("serve", "--home", "/a home", "--grpc-port", "0").arguments();

        assertThat(arguments)
                .contains("--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-Xmx8g")
                .contains("-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError", "-Dguice_custom_class_loading=CHILD")
                .contains("-Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0")
                .contains("-Dlatent.plugins=" + distribution.resolve("plugins"))
                .contains(distribution.resolve("lib/a.jar") + ":" + distribution.resolve("lib/b.jar") + ":"
                        + distribution.resolve("lib/server/s.jar"))
                .endsWith("dev.latent.server.ServerMain", "--home", "/a home", "--grpc-port", "0");
    }

    @Test
    void helpOfServe_isTheCommands() throws Exception {
        environment.put("JAVA_HOME", java("j25", "25.0.3", true).toString());

        assertThat(run("serve", "--help").arguments()).endsWith("dev.latent.cli.LatentCommand", "serve", "--help");
        assertThat(run("prepare", "-h").arguments()).endsWith("dev.latent.cli.LatentCommand", "prepare", "-h");
    }

    @Test
    void symbolicLink_leadsToTheDistribution() throws Exception {
        environment.put("JAVA_HOME", java("j25", "25.0.3", true).toString());
        Path link = Files.createSymbolicLink(tools.resolve("latent"), Path.of("../my latent/bin/latent"));

        assertThat(runLauncher(link, "serve").arguments())
                .contains("-Dlatent.plugins=" + distribution.resolve("plugins"));
    }

    @Test
    void cache_isUsedWhenItIsOfThisJavaAndTheseJars() throws Exception {
        environment.put("JAVA_HOME", java("j25", "25.0.3", true).toString());
        Path cache = Files.createFile(distribution.resolve("cache/client-25.0.3.aot"));
        Files.setLastModifiedTime(
                distribution.resolve("lib"), FileTime.from(Instant.now().minusSeconds(60)));
        String flag = "-XX:AOTCache=" + cache;
        assertThat(run("status").arguments()).contains(flag);
        assertThat(run("serve").arguments()).noneMatch(argument -> argument.startsWith("-XX:AOT"));

        environment.put("JAVA_HOME", java("j26", "26.0.1", true).toString());
        assertThat(run("status").arguments()).doesNotContain(flag);

        environment.put("JAVA_HOME", folder.resolve("j25").toString());
        environment.put("LATENT_CACHE", "off");
        assertThat(run("status").arguments()).doesNotContain(flag);

        environment.remove("LATENT_CACHE");
        Files.setLastModifiedTime(cache, FileTime.from(Instant.now().minusSeconds(120)));
        assertThat(run("status").arguments()).doesNotContain(flag);
    }

    @Test
    void prepareWhereNothingCanBeWritten_saysSo() throws Exception {
        environment.put("JAVA_HOME", java("j25", "25.0.3", true).toString());
        environment.put("LATENT_CACHE", "/dev/null/cache");

        Result result = run("prepare");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("/dev/null/cache", "LATENT_CACHE");
        assertThat(run("status").exitCode()).isZero();
    }

    /** A Java that tells its own path and its arguments, one a line. */
    private Path java(String name, String version, boolean withReleaseFile) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Path java = home.resolve("bin/java");
        writeScript(java, """
                if [ "$1" = -version ]; then
                  echo 'openjdk version "%s" 2026-01-20' >&2
                  exit
                fi
                printf '%%s\\n' "$0" "$@"
                """.formatted(version));
        if (withReleaseFile) {
            Files.writeString(
                    home.resolve("release"),
                    "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\nJAVA_VERSION_DATE=\"2026-01-20\"\n");
        }
        return home;
    }

    private static void writeScript(Path file, String lines) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + lines);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private void addToPath(Path home) {
        environment.merge("PATH", home.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
    }

    private Result run(String... arguments) throws Exception {
        return runLauncher(distribution.resolve("bin/latent"), arguments);
    }

    private Result runLauncher(Path launcher, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), out, Files.readString(err));
    }

    /** What the launcher left. */
    private record Result(int exitCode, String out, String err) {

        List<String> arguments() {
            assertThat(err).isEmpty();
            return out.lines().skip(1).toList();
        }
    }
}
