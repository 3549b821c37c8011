package dev.latent.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.latent.server.config.ConfigEntry;
import dev.latent.server.config.ConfigKeys;
import dev.latent.server.config.ConfigLoader;
import dev.latent.server.config.ConfigSources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The commented configuration names every key, each with its default and a comment. */
class ConfigurationFileTest {

    private static final Path FILE = Path.of("src/main/distribution/etc/latent.yaml");
    private static final Pattern SETTING = Pattern.compile(" *(# )?[a-z-]+: \\S.*");

    @Test
    void everyKeyWithADefault_isSetToIt() {
        List<ConfigEntry> fromFile = load(Optional.of(FILE));

        assertThat(fromFile)
                .extracting(ConfigEntry::key, ConfigEntry::value)
                .isEqualTo(load(Optional.empty()).stream()
                        .map(entry -> tuple(entry.key(), entry.value()))
                        .toList());
        assertThat(fromFile).noneMatch(entry -> entry.origin().equals("default"));
    }

    private static List<ConfigEntry> load(Optional<Path> file) {
        return ConfigLoader.load(new ConfigSources(file, Map.of(), Map.of())).table();
    }

    @Test
    void everyKeyWithoutADefault_isShownAsAComment() throws Exception {
        List<String> lines = Files.readAllLines(FILE);

        ConfigKeys.defaults().forEach((key, value) -> {
            String name = key.substring(key.lastIndexOf('.') + 1);
            if (value.isEmpty()) {
                assertThat(lines).as(key).anyMatch(line -> line.startsWith("  # " + name + ": "));
            }
        });
    }

    @Test
    void everySetting_hasACommentAbove() throws Exception {
        List<String> lines = Files.readAllLines(FILE);

        for (int number = 1; number < lines.size(); number++) {
            if (SETTING.matcher(lines.get(number)).matches()) {
                assertThat(lines.get(number - 1)).as(lines.get(number)).matches(" *# [A-Z].*\\..*");
            }
        }
    }
}
