package dev.latent.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.plugins.PluginStatus.State;
import dev.latent.spi.EmbeddingModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault of {@code src/test/plugins/faults} is named, and the sound plugin beside it works. */
final class PluginFaultsTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    private Path home;

    static Stream<String> faults() throws IOException {
        return PluginJars.faults().stream();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void fault_isReportedAndTheSoundPluginWorks(String fault) throws IOException {
        Path good = PluginJars.sound("good").writeTo(home.resolve("distribution/good.jar"));
        PluginJars.Jar bad = PluginJars.fault(fault);
        Path path = bad.writeTo(home.resolve("plugins/" + fault + ".jar"));
        try (PluginRegistry registry = open()) {
            assertReported(statusOf(registry, path), bad.properties());
            PluginStatus sound = statusOf(registry, good);
            assertThat(sound.state()).isEqualTo(State.LOADED);
            assertThat(sound.reason()).isEmpty();
            assertThat(sound.since()).isEqualTo(NOW);
            assertThat(registry.list()).hasSize(2);
            assertThat(registry.algorithms()).extracting(LoadedAlgorithm::name).containsExactly("good");
            LoadedAlgorithm algorithm = registry.get("good");
            assertThat(algorithm.train(Runs.Context.of(algorithm, Map.of()), new Runs.Listener()))
                    .isInstanceOf(EmbeddingModel.class);
        }
    }

    @Test
    void allFaultsAtOnce_eachHasItsOwnLine() throws IOException {
        PluginJars.sound("good").writeTo(home.resolve("distribution/good.jar"));
        for (String fault : PluginJars.faults()) {
            PluginJars.fault(fault).writeTo(home.resolve("plugins/" + fault + ".jar"));
        }
        try (PluginRegistry registry = open()) {
            assertThat(registry.list()).hasSize(PluginJars.faults().size() + 1);
            for (String fault : PluginJars.faults()) {
                assertReported(
                        statusOf(registry, home.resolve("plugins/" + fault + ".jar")),
                        PluginJars.fault(fault).properties());
            }
            assertThat(registry.find("good")).isPresent();
        }
    }

    private static void assertReported(PluginStatus status, Properties expected) {
        assertThat(status.reason()).contains(expected.getProperty("reason").split("\\|"));
        assertThat(status.state()).isEqualTo(State.valueOf(expected.getProperty("state")));
        assertThat(status.algorithms()).isEmpty();
        assertThat(status.sha256()).isEmpty();
    }

    private PluginRegistry open() {
        PluginLoader loader = new PluginLoader(Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofMillis(700));
        return PluginRegistry.open(
                List.of(home.resolve("distribution"), home.resolve("plugins")), loader, Duration.ofHours(1));
    }

    private static PluginStatus statusOf(PluginRegistry registry, Path path) {
        return registry.list().stream()
                .filter(status -> status.path().equals(path.toAbsolutePath()))
                .findFirst()
                .orElseThrow();
    }
}
