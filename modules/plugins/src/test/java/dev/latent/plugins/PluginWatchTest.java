package dev.latent.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latent.plugins.PluginStatus.State;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to the jars of a registry that is open. */
final class PluginWatchTest {

    private static final Duration PROMISED = Duration.ofSeconds(2);

    @TempDir
    private Path home;

    @Test
    void droppedJar_isLoadedWithinTwoSeconds() throws Exception {
        try (PluginRegistry registry = open()) {
            assertThatThrownBy(() -> registry.get("good"))
                    .isInstanceOf(AlgorithmNotFoundException.class)
                    .hasMessageContaining("No algorithm 'good': loaded are none");
            PluginJars.sound("good").writeTo(jar("good"));
            awaitList(registry, list -> list.size() == 1, PROMISED);
            assertThat(registry.get("good").pluginVersion()).isEqualTo("1.2.3");
        }
    }

    @Test
    void removedJar_disappearsAndItsLoaderIsClosed() throws Exception {
        PluginJars.sound("good").writeTo(jar("good"));
        PluginJars.sound("other").writeTo(jar("other"));
        try (PluginRegistry registry = open()) {
            ClassLoader loader = registry.get("good").loader();
            assertThat(loader.getResource("plugin/Main.class")).isNotNull();
            Files.move(jar("good"), home.resolve("kept.jar"));
            awaitList(registry, list -> list.size() == 1, PROMISED);
            assertThat(registry.find("good")).isEmpty();
            assertThat(registry.find("other")).isPresent();
            PluginJars.sound("good").writeTo(jar("good"));
            assertThat(loader.getResource("plugin/Main.class"))
                    .as("a closed loader opens no jar")
                    .isNull();
        }
    }

    @Test
    void replacedJar_isPickedUp() throws Exception {
        PluginJars.sound("good").writeTo(jar("good"));
        try (PluginRegistry registry = open()) {
            String before = registry.get("good").sha256();
            Path arriving = PluginJars.sound("better").writeTo(home.resolve("arriving/good.jar"));
            Files.move(arriving, jar("good"), StandardCopyOption.ATOMIC_MOVE);
            awaitList(registry, list -> list.getFirst().version().equals("2.0.0"), PROMISED);
            assertThat(registry.get("good").sha256()).isNotEqualTo(before);
        }
    }

    @Test
    void overwrittenJar_isPickedUp() throws Exception {
        PluginJars.sound("good").writeTo(jar("good"));
        try (PluginRegistry registry = open()) {
            PluginJars.sound("better").writeTo(jar("good"));
            awaitList(registry, list -> list.getFirst().version().equals("2.0.0"), PROMISED);
        }
    }

    @Test
    void slowlyCopiedJar_isJudgedOnceItStandsStill() throws Exception {
        try (PluginRegistry registry = open()) {
            List<PluginStatus> seen = new CopyOnWriteArrayList<>();
            registry.addListener(seen::addAll);
            PluginJars.copySlowly(PluginJars.sound("good"), jar("good"), 12, 120);
            awaitList(registry, list -> !list.isEmpty() && list.getFirst().state() == State.LOADED, PROMISED);
            assertThat(seen).extracting(PluginStatus::state).containsExactly(State.LOADED);
        }
    }

    @Test
    void jarCopiedWithLongPauses_endsUpLoaded() throws Exception {
        try (PluginRegistry registry = open()) {
            PluginJars.copySlowly(PluginJars.sound("good"), jar("good"), 3, 1_200);
            awaitList(registry, list -> list.getFirst().state() == State.LOADED, PROMISED);
        }
    }

    @Test
    void faultyJar_isReplacedByASoundOne() throws Exception {
        PluginJars.fault("throwing-constructor").writeTo(jar("good"));
        try (PluginRegistry registry = open()) {
            assertThat(registry.list()).extracting(PluginStatus::state).containsExactly(State.FAILED);
            PluginJars.sound("good").writeTo(jar("good"));
            awaitList(registry, list -> list.getFirst().state() == State.LOADED, PROMISED);
        }
    }

    @Test
    void takenName_isFreedWithItsHolder() throws Exception {
        PluginJars.sound("good").writeTo(jar("first"));
        try (PluginRegistry registry = open()) {
            PluginJars.sound("better").writeTo(jar("a-second"));
            awaitList(registry, list -> list.size() == 2, PROMISED);
            assertThat(registry.get("good").pluginVersion())
                    .as("the plugin that was loaded first keeps the name")
                    .isEqualTo("1.2.3");
            Files.delete(jar("first"));
            awaitList(registry, list -> list.size() == 1 && list.getFirst().state() == State.LOADED, PROMISED);
            assertThat(registry.get("good").pluginVersion()).isEqualTo("2.0.0");
        }
    }

    @Test
    void listeners_hearOfChangesOnly() throws Exception {
        PluginJars.sound("good").writeTo(jar("good"));
        PluginJars.sound("better").writeTo(jar("refused"));
        try (PluginRegistry registry = open()) {
            List<List<PluginStatus>> heard = new CopyOnWriteArrayList<>();
            registry.addListener(list -> {
                throw new IllegalStateException("a listener that fails harms no other");
            });
            registry.addListener(heard::add);
            registry.scan();
            assertThat(heard).isEmpty();
            Files.delete(jar("good"));
            registry.scan();
            registry.scan();
            assertThat(heard).hasSize(1).first().isEqualTo(registry.list());
        }
    }

    @Test
    void closedRegistry_holdsNothingAndStopsItsThread() throws Exception {
        PluginJars.sound("good").writeTo(jar("good"));
        PluginRegistry registry = open();
        registry.close();
        registry.close();
        registry.scan();
        assertThat(registry.list()).isEmpty();
        assertThat(registry.find("good")).isEmpty();
        long deadline = System.nanoTime() + PROMISED.toNanos();
        while (registry.isWatching() && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
        assertThat(registry.isWatching()).isFalse();
    }

    @Test
    void fiftyCycles_leaveNoLoaderBehind() throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        try (PluginRegistry registry = open()) {
            for (int cycle = 0; cycle < 50; cycle++) {
                PluginJars.sound(cycle % 2 == 0 ? "good" : "better").writeTo(jar("good"));
                registry.scan();
                loaders.add(new WeakReference<>(trainOnce(registry)));
                if (cycle % 5 == 0) {
                    Files.delete(jar("good"));
                    registry.scan();
                }
            }
            Files.deleteIfExists(jar("good"));
            registry.scan();
            assertThat(loaders).doesNotHaveDuplicates();
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (alive(loaders) > 0 && System.nanoTime() < deadline) {
                System.gc();
                Thread.sleep(20);
            }
            assertThat(alive(loaders)).as("class loaders alive after 50 cycles").isZero();
        }
    }

    private static ClassLoader trainOnce(PluginRegistry registry) {
        LoadedAlgorithm algorithm = registry.get("good");
        algorithm.train(Runs.Context.of(algorithm, Map.of()), new Runs.Listener());
        return algorithm.loader();
    }

    private static long alive(List<WeakReference<ClassLoader>> loaders) {
        return loaders.stream().filter(loader -> loader.get() != null).count();
    }

    private PluginRegistry open() {
        return PluginRegistry.open(List.of(home.resolve("plugins")), Clock.systemUTC());
    }

    private Path jar(String name) throws IOException {
        Files.createDirectories(home.resolve("plugins"));
        return home.resolve("plugins/" + name + ".jar");
    }

    private static void awaitList(PluginRegistry registry, Predicate<List<PluginStatus>> condition, Duration limit)
            throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.test(registry.list()) && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        assertThat(condition.test(registry.list()))
                .as("after %s: %s", limit, registry.list())
                .isTrue();
    }
}
