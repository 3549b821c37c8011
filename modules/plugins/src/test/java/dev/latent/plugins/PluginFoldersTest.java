package dev.latent.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.plugins.PluginStatus.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders whose jars form one plugin, and what else lies in a plugin directory. */
final class PluginFoldersTest {

    private static final Map<String, String> NO_STATEMENT =
            Map.of("name", "none", "version", "none", "spi", "none", "provider", "none");

    @TempDir
    private Path plugins;

    @Test
    void jarsOfAFolder_shareALoader() throws IOException {
        Path main = pluginOfLayered().writeTo(plugins.resolve("any-name/main.jar"));
        Path library = libraryOfLayered().writeTo(plugins.resolve("any-name/library.jar"));
        try (PluginRegistry registry = open()) {
            PluginStatus status = only(registry);
            assertThat(status.reason()).isEmpty();
            assertThat(status.name()).isEqualTo("layered");
            assertThat(status.path()).isEqualTo(plugins.resolve("any-name"));
            LoadedAlgorithm algorithm = registry.get("layered");
            assertThat(algorithm.description()).isEqualTo("from the library");
            assertThat(algorithm.jarPaths()).containsExactly(library, main);
            assertThat(algorithm.pluginPath()).isEqualTo(plugins.resolve("any-name"));
        }
    }

    @Test
    void missingJarOfAFolder_loadsOnceItIsThere() throws IOException {
        pluginOfLayered().writeTo(plugins.resolve("layered/main.jar"));
        try (PluginRegistry registry = open()) {
            assertThat(only(registry).state()).isEqualTo(State.FAILED);
            assertThat(only(registry).reason()).contains("class 'library.Needed' is missing");
            libraryOfLayered().writeTo(plugins.resolve("layered/library.jar"));
            registry.scan();
            assertThat(only(registry).state()).isEqualTo(State.LOADED);
        }
    }

    @Test
    void twoStatementsInAFolder_areRejected() throws IOException {
        PluginJars.sound("good").writeTo(plugins.resolve("both/good.jar"));
        PluginJars.sound("other").writeTo(plugins.resolve("both/other.jar"));
        try (PluginRegistry registry = open()) {
            assertThat(only(registry).state()).isEqualTo(State.REJECTED);
            assertThat(only(registry).reason())
                    .contains("the manifests of 2 of its jars", "good.jar, other.jar", "a folder of its own");
        }
    }

    @Test
    void noStatementInAFolder_isRejected() throws IOException {
        libraryOfLayered().writeTo(plugins.resolve("libraries/one.jar"));
        libraryOfLayered().writeTo(plugins.resolve("libraries/two.jar"));
        try (PluginRegistry registry = open()) {
            assertThat(only(registry).state()).isEqualTo(State.REJECTED);
            assertThat(only(registry).reason())
                    .contains("none of the manifests of its 2 jars has a Latent-Plugin-Name");
        }
    }

    @Test
    void damagedJarInAFolder_isNamed() throws IOException {
        pluginOfLayered().writeTo(plugins.resolve("layered/main.jar"));
        PluginJars.fault("truncated-jar").writeTo(plugins.resolve("layered/library.jar"));
        try (PluginRegistry registry = open()) {
            assertThat(only(registry).state()).isEqualTo(State.REJECTED);
            assertThat(only(registry).reason()).contains("library.jar (", "is cut short or damaged");
        }
    }

    @Test
    void emptyFolder_isRejected() throws IOException {
        Files.createDirectory(plugins.resolve("nothing"));
        try (PluginRegistry registry = open()) {
            assertThat(only(registry).name()).isEqualTo("nothing");
            assertThat(only(registry).reason()).contains("holds no .jar file");
        }
    }

    @Test
    void hiddenAndOtherFiles_areIgnored() throws IOException {
        PluginJars.sound("good").writeTo(plugins.resolve(".good.jar.Xy12"));
        PluginJars.sound("good").writeTo(plugins.resolve(".hidden.jar"));
        PluginJars.sound("good").writeTo(plugins.resolve("good.jar.part"));
        Files.writeString(plugins.resolve("README"), "plugins go here");
        Files.createSymbolicLink(plugins.resolve("dangling.jar"), plugins.resolve("absent"));
        try (PluginRegistry registry = open()) {
            assertThat(registry.list()).isEmpty();
        }
    }

    @Test
    void missingDirectory_holdsNothingUntilItIsThere() throws IOException {
        Path later = plugins.resolve("later");
        try (PluginRegistry registry = PluginRegistry.open(List.of(later, later), Clock.systemUTC())) {
            assertThat(registry.list()).isEmpty();
            PluginJars.sound("good").writeTo(later.resolve("good.jar"));
            registry.scan();
            assertThat(only(registry).state()).isEqualTo(State.LOADED);
        }
    }

    @Test
    void sha256_isWhatSha256sumSays() throws IOException, NoSuchAlgorithmException {
        PluginJars.Jar good = PluginJars.sound("good");
        good.writeTo(plugins.resolve("good.jar"));
        PluginJars.Jar main = pluginOfLayered();
        main.writeTo(plugins.resolve("layered/main.jar"));
        PluginJars.Jar library = libraryOfLayered();
        library.writeTo(plugins.resolve("layered/library.jar"));
        try (PluginRegistry registry = open()) {
            assertThat(registry.get("good").sha256()).isEqualTo(sha256(good.bytes()));
            String lines = sha256(library.bytes()) + "  library.jar\n" + sha256(main.bytes()) + "  main.jar\n";
            assertThat(registry.get("layered").sha256()).isEqualTo(sha256(lines.getBytes(StandardCharsets.UTF_8)));
            assertThat(registry.list()).extracting(PluginStatus::sha256).doesNotContain("");
        }
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static PluginJars.Jar pluginOfLayered() {
        return PluginJars.without("library/", "sound/layered", Map.of());
    }

    private static PluginJars.Jar libraryOfLayered() {
        return PluginJars.without("plugin/", "sound/layered", NO_STATEMENT);
    }

    private PluginRegistry open() {
        return PluginRegistry.open(List.of(plugins), Clock.systemUTC());
    }

    private static PluginStatus only(PluginRegistry registry) {
        assertThat(registry.list()).hasSize(1);
        return registry.list().getFirst();
    }
}
