package dev.latent.examples.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.plugins.LoadedAlgorithm;
import dev.latent.plugins.LoadedPlugin;
import dev.latent.plugins.PluginRegistry;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.SpiVersion;
import dev.latent.testkit.RecordingListener;
import dev.latent.testkit.RunContext;
import dev.latent.testkit.SyntheticSnapshots;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The jar as it was built is a plugin. */
final class TogetherJarIT {

    @Test
    void builtJar_loadsAndTrains() throws IOException {
        try (LoadedPlugin plugin = PluginRegistry.loadOne(jar())) {
            assertThat(plugin.name()).isEqualTo("together");
            assertThat(plugin.spiVersion()).isEqualTo(SpiVersion.current());
            LoadedAlgorithm algorithm = plugin.algorithm("together");
            EmbeddingModel model = (EmbeddingModel) algorithm.train(
                    RunContext.of(algorithm, Map.of(), SyntheticSnapshots.ratings(20, 10, 0.5, 1)),
                    new RecordingListener());
            assertThat(model.items().rows()).isEqualTo(10);
        }
    }

    private static Path jar() throws IOException {
        try (DirectoryStream<Path> jars =
                Files.newDirectoryStream(Path.of("target"), "latent-example-algorithm-*.jar")) {
            return jars.iterator().next();
        }
    }
}
