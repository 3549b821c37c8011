package dev.latent.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {

    @TempDir
    private Path folder;

    private static ServerConfig load(Map<String, String> environment, Map<String, String> flags) {
        return ConfigLoader.load(new ConfigSources(Optional.empty(), environment, flags));
    }

    private ServerConfig loadFile(String yaml) throws IOException {
        return load(yaml, Map.of(), Map.of());
    }

    private ServerConfig load(String yaml, Map<String, String> environment, Map<String, String> flags)
            throws IOException {
        Path file = Files.writeString(folder.resolve("latent.yaml"), yaml);
        return ConfigLoader.load(new ConfigSources(Optional.of(file), environment, flags));
    }

    private List<String> problems(String yaml) {
        return catchThrowableOfType(ConfigException.class, () -> loadFile(yaml)).problems();
    }

    @Test
    void nothingConfigured_hasTheDefaults() {
        ServerConfig config = load(Map.of(), Map.of());

        assertThat(config.grpc().host()).isEqualTo("127.0.0.1");
        assertThat(config.grpc().port()).isEqualTo(8980);
        assertThat(config.grpc().threads()).isEqualTo(64);
        assertThat(config.grpc().stopGrace().duration()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.http().host()).isEqualTo("127.0.0.1");
        assertThat(config.http().port()).isEqualTo(8981);
        assertThat(config.limits().servingMessage().bytes()).isEqualTo(4 << 20);
        assertThat(config.limits().message().bytes()).isEqualTo(16 << 20);
        assertThat(config.limits().metadata().bytes()).isEqualTo(8 << 10);
        assertThat(config.limits().callsPerConnection()).isEqualTo(100);
        assertThat(config.limits().resets()).isEqualTo(200);
        assertThat(config.limits().connectionIdle().duration()).isEqualTo(Duration.ofHours(1));
        assertThat(config.limits().connectionAge().duration()).isEqualTo(Duration.ofDays(1));
        assertThat(config.training().heap()).isEmpty();
        assertThat(config.training().threads()).isEmpty();
        assertThat(config.training().concurrency()).isEqualTo(1);
        assertThat(config.training().queue()).isEqualTo(100);
        assertThat(config.training().keep()).isEqualTo(1000);
        assertThat(config.training().timeLimit()).isEmpty();
        assertThat(config.training().java()).isEmpty();
        assertThat(config.training().jvmArguments()).isEmpty();
        assertThat(config.interactions().cache().bytes()).isEqualTo(128 << 20);
        assertThat(config.interactions().writeBuffer().bytes()).isEqualTo(128 << 20);
        assertThat(config.interactions().importLimit().bytes()).isEqualTo(32L << 30);
        assertThat(config.interactions().importFiles()).isEqualTo(1000);
        assertThat(config.serving().cachedUsers()).isEqualTo(100_000);
        assertThat(config.serving().warmUp().duration()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.serving().inlineCost()).isEqualTo(8_000_000);
    }

    @Test
    void everyKeyConfigured_isMapped() throws IOException {
        ServerConfig config = loadFile("""
                server:
                  grpc: {host: 0.0.0.0, port: 1, threads: 2, stop-grace: 500ms}
                  http: {host: "::1", port: 0}
                limits:
                  serving-message: 2k
                  message: 3m
                  metadata: 4k
                  calls-per-connection: 5
                  resets: 6
                  connection-idle: 7m
                  connection-age: 8h
                training:
                  heap: 1g
                  threads: 9
                  concurrency: 10
                  queue: 11
                  keep: 12
                  time-limit: 13s
                  java: /opt/java
                  jvm-arguments: [-Da=b, -Dc=d]
                interactions: {cache: 14m, write-buffer: 15m, import-limit: 16, import-files: 17}
                serving: {cached-users: 18, warm-up: 19s, inline-cost: 20}
                """);

        assertThat(config.grpc().host()).isEqualTo("0.0.0.0");
        assertThat(config.grpc().port()).isEqualTo(1);
        assertThat(config.grpc().threads()).isEqualTo(2);
        assertThat(config.grpc().stopGrace().duration()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.http().host()).isEqualTo("::1");
        assertThat(config.http().port()).isZero();
        assertThat(config.limits().servingMessage().bytes()).isEqualTo(2 << 10);
        assertThat(config.limits().message().bytes()).isEqualTo(3 << 20);
        assertThat(config.limits().metadata().bytes()).isEqualTo(4 << 10);
        assertThat(config.limits().callsPerConnection()).isEqualTo(5);
        assertThat(config.limits().resets()).isEqualTo(6);
        assertThat(config.limits().connectionIdle().duration()).isEqualTo(Duration.ofMinutes(7));
        assertThat(config.limits().connectionAge().duration()).isEqualTo(Duration.ofHours(8));
        assertThat(config.training().heap()).contains(new ByteSize(1 << 30));
        assertThat(config.training().threads()).contains(9);
        assertThat(config.training().concurrency()).isEqualTo(10);
        assertThat(config.training().queue()).isEqualTo(11);
        assertThat(config.training().keep()).isEqualTo(12);
        assertThat(config.training().timeLimit()).contains(new TimeSpan(Duration.ofSeconds(13)));
        assertThat(config.training().java()).contains(Path.of("/opt/java"));
        assertThat(config.training().jvmArguments()).contains(List.of("-Da=b", "-Dc=d"));
        assertThat(config.interactions().cache().bytes()).isEqualTo(14 << 20);
        assertThat(config.interactions().writeBuffer().bytes()).isEqualTo(15 << 20);
        assertThat(config.interactions().importLimit().bytes()).isEqualTo(16);
        assertThat(config.interactions().importFiles()).isEqualTo(17);
        assertThat(config.serving().cachedUsers()).isEqualTo(18);
        assertThat(config.serving().warmUp().duration()).isEqualTo(Duration.ofSeconds(19));
        assertThat(config.serving().inlineCost()).isEqualTo(20);
    }

    @Test
    void unknownKey_isRefusedWithASuggestion() {
        assertThat(problems("server: {grpc: {prot: 1}}"))
                .singleElement()
                .asString()
                .contains("latent.yaml", "unknown key 'server.grpc.prot'", "did you mean 'server.grpc.port'");
    }

    @Test
    void keyLikeNoOther_isRefusedWithoutASuggestion() {
        assertThat(problems("something-else-entirely: 1"))
                .singleElement()
                .asString()
                .contains("unknown key", "names all keys");
    }

    @Test
    void severalProblems_areToldAtOnce() {
        assertThat(problems("""
                server:
                  grpc: {port: many, threads: 0}
                  http: {port: 70000, hots: x}
                limits: {message: 1z, resets: -1}
                training: {heap: 1k, threads: 0}
                serving: {warm-up: soon}
                """))
                .hasSize(9)
                .anyMatch(problem -> problem.contains("server.grpc.port") && problem.contains("many"))
                .anyMatch(problem -> problem.contains("server.grpc.threads"))
                .anyMatch(problem -> problem.contains("server.http.port"))
                .anyMatch(problem -> problem.contains("server.http.hots") && problem.contains("server.http.host"))
                .anyMatch(problem ->
                        problem.equals("limits.message: is '1z', expected a size such as 512, 64k, 128m or 2g"))
                .anyMatch(problem -> problem.contains("limits.resets") && problem.endsWith(", is -1"))
                .anyMatch(problem -> problem.contains("training.heap") && problem.contains("64m"))
                .anyMatch(problem -> problem.contains("training.threads"))
                .anyMatch(problem -> problem.contains("serving.warm-up") && problem.contains("soon"))
                .noneMatch(problem -> problem.contains("SRCFG"));
    }

    @Test
    void environment_goesBeforeTheFileAndAfterFlags() throws IOException {
        ServerConfig config = load(
                "server: {grpc: {port: 1, threads: 1, host: 127.0.0.2}}",
                Map.of("LATENT_SERVER_GRPC_PORT", "2", "LATENT_SERVER_GRPC_THREADS", "2"),
                Map.of("server.grpc.port", "3"));

        assertThat(config.grpc().port()).isEqualTo(3);
        assertThat(config.grpc().threads()).isEqualTo(2);
        assertThat(config.table())
                .contains(
                        new ConfigEntry("server.grpc.port", "3", "command line"),
                        new ConfigEntry("server.grpc.threads", "2", "environment"),
                        new ConfigEntry(
                                "server.grpc.host",
                                "127.0.0.2",
                                folder.resolve("latent.yaml").toString()),
                        new ConfigEntry("server.http.port", "8981", "default"));
    }

    @Test
    void unknownVariableThatLooksLikeAKey_isRefusedWithASuggestion() {
        assertThatThrownBy(() -> load(Map.of("LATENT_SERVER_GRPC_PROT", "1"), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("LATENT_SERVER_GRPC_PROT")
                .hasMessageContaining("did you mean 'LATENT_SERVER_GRPC_PORT'");
    }

    @Test
    void otherVariables_areNotOurs() {
        load(Map.of("LATENT_SERVER", "localhost:1", "LATENT_HOME", "/x", "SERVER_GRPC_PORT", "x"), Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"server: [", "a: b: c", "\t- x"})
    void fileThatIsNotYaml_isRefused(String text) {
        assertThat(problems(text))
                .isNotEmpty()
                .first()
                .asString()
                .contains("latent.yaml")
                .contains("not YAML");
    }

    @Test
    void fileThatIsNotThere_isRefused() {
        assertThatThrownBy(() -> ConfigLoader.load(
                        new ConfigSources(Optional.of(folder.resolve("missing.yaml")), Map.of(), Map.of())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("missing.yaml");
    }

    @ParameterizedTest
    @CsvSource({"512, 512", "64k, 65536", "128M, 134217728", "2gb, 2147483648", "1t, 1099511627776", "0, 0"})
    void size_isRead(String text, long bytes) {
        assertThat(ByteSize.of(text).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5g", "k", "1 x", "99999999999999999999"})
    void malformedSize_isRefused(String text) {
        assertThatThrownBy(() -> ByteSize.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "30s, PT30S", "15m, PT15M", "2h, PT2H", "7d, PT168H"})
    void time_isRead(String text, Duration duration) {
        assertThat(TimeSpan.of(text).duration()).isEqualTo(duration);
    }
}
