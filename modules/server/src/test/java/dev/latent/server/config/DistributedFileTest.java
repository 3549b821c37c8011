package dev.latent.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.source.yaml.YamlConfigSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration file that the distribution brings: every key, commented out, with its default. */
class DistributedFileTest {

    private static final Pattern COMMENTED_KEY = Pattern.compile("(?m)^( *)# ([a-z-]+: .*)$");

    @TempDir
    private Path folder;

    private static String text() throws IOException {
        try (InputStream file = DistributedFileTest.class.getResourceAsStream("/latent.yaml")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The file with its keys no longer commented out. */
    private static String uncommented() throws IOException {
        return COMMENTED_KEY.matcher(text()).replaceAll("$1$2");
    }

    @Test
    void file_namesTheKeysOfTheMappingsAndNoOthers() throws IOException {
        YamlConfigSource file = new YamlConfigSource("latent.yaml", uncommented(), 1);

        assertThat(file.getPropertyNames().stream()
                        .map(ConfigKeys::withoutIndex)
                        .collect(Collectors.toSet()))
                .isEqualTo(ConfigKeys.defaults().keySet());
    }

    @Test
    void file_showsTheDefaults() throws IOException {
        YamlConfigSource file = new YamlConfigSource("latent.yaml", uncommented(), 1);
        Map<String, String> defaults = new TreeMap<>(ConfigKeys.defaults());
        defaults.values().removeIf(String::isEmpty);

        assertThat(defaults)
                .allSatisfy(
                        (key, value) -> assertThat(file.getValue(key)).as(key).isEqualTo(value));
    }

    @Test
    void file_isAccepted() throws IOException {
        for (String yaml : new String[] {text(), uncommented()}) {
            Path file = Files.writeString(folder.resolve("latent.yaml"), yaml);
            ConfigLoader.load(new ConfigSources(Optional.of(file), Map.of(), Map.of()));
        }
    }
}
