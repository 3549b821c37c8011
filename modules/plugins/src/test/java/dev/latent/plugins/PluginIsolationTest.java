package dev.latent.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.spi.SpiVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plugin sees: its jars, the JDK with its incubator modules, the SPI; nothing else. */
final class PluginIsolationTest {

    @TempDir
    private Path plugins;

    private PluginRegistry registry;

    @BeforeEach
    void open() throws IOException {
        for (String name : List.of("good", "other", "nosy", "vector", "own-spi")) {
            PluginJars.sound(name).writeTo(plugins.resolve(name + ".jar"));
        }
        registry = PluginRegistry.open(List.of(plugins), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void classesOfTheHost_areNotVisible() {
        assertThat(registry.get("nosy").description()).isEqualTo("slf4j false, host false, spi true, sql true");
    }

    @Test
    void vectorModule_isVisible() {
        assertThat(registry.get("vector").description()).matches("Lanes: [1-9][0-9]*");
    }

    @Test
    void copyOfTheSpiInTheJar_isNotUsed() {
        assertThat(registry.get("own-spi").description()).isEqualTo("SPI " + SpiVersion.current());
    }

    @Test
    void classesOfOneName_areKeptApart() throws ClassNotFoundException {
        ClassLoader good = registry.get("good").loader();
        ClassLoader other = registry.get("other").loader();
        assertThat(good.loadClass("plugin.Main")).isNotEqualTo(other.loadClass("plugin.Main"));
        assertThat(good.getParent()).isSameAs(other.getParent());
    }
}
