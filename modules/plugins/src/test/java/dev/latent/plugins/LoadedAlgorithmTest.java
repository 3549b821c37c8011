package dev.latent.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.History;
import dev.latent.spi.ScoringModel;
import dev.latent.spi.Section;
import dev.latent.spi.SectionReader;
import dev.latent.spi.Sweep;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingCancelledException;
import dev.latent.spi.TrainingFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a caller sees when the code of a plugin misbehaves. */
final class LoadedAlgorithmTest {

    private static final String SUBJECT = "Plugin 'moody' version 1.2.3: ";

    @TempDir
    private Path directory;

    private LoadedPlugin plugin;
    private LoadedAlgorithm algorithm;

    @BeforeEach
    void load() throws IOException {
        plugin = PluginRegistry.loadOne(PluginJars.sound("moody").writeTo(directory.resolve("moody.jar")));
        algorithm = plugin.algorithm("moody");
    }

    @AfterEach
    void close() {
        plugin.close();
    }

    @Test
    void exceptionInTrain_namesPluginVersionAndPlace() {
        assertThatThrownBy(() -> train("throw", new Runs.Listener()))
                .isInstanceOf(PluginException.class)
                .hasMessageStartingWith(SUBJECT + "train failed: ")
                .hasMessageContainingAll(
                        "java.lang.IllegalStateException: bad mood", "at plugin.Main.train (Main.java:")
                .hasCauseInstanceOf(IllegalStateException.class)
                .satisfies(e -> assertThat(((PluginException) e).plugin()).isEqualTo("moody"))
                .satisfies(e -> assertThat(((PluginException) e).version()).isEqualTo("1.2.3"));
    }

    @Test
    void errorInTrain_isAPluginException() {
        assertThatThrownBy(() -> train("overflow", new Runs.Listener()))
                .isInstanceOf(PluginException.class)
                .hasCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void nullModel_isAPluginException() {
        assertThatThrownBy(() -> train("null", new Runs.Listener()))
                .isInstanceOf(PluginException.class)
                .hasMessage(SUBJECT + "train returned null");
    }

    @Test
    void failedTraining_passes() {
        assertThatThrownBy(() -> train("fail", new Runs.Listener()))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessage("lower 'mood'");
    }

    @Test
    void cancelledTraining_passes() {
        assertThatThrownBy(() -> train("cancel", new Runs.Listener() {
                    @Override
                    public boolean isCancelled() {
                        return true;
                    }
                }))
                .isInstanceOf(TrainingCancelledException.class);
    }

    @Test
    void exceptionOfTheHostsListener_isNotThePlugins() {
        IllegalStateException hosts = new IllegalStateException("the disk of the host is full");
        assertThatThrownBy(() -> train("report", new Runs.Listener() {
                    @Override
                    public Decision sweep(Sweep sweep, Supplier<? extends TrainedModel> current) {
                        throw hosts;
                    }
                }))
                .isSameAs(hosts);
    }

    @Test
    void contextClassLoader_isThePluginsInPluginCodeAndTheHostsOutside() {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Runs.Listener listener = new Runs.Listener() {
            @Override
            public void log(String line) {
                super.log(line + Thread.currentThread().getContextClassLoader().equals(before));
            }
        };
        train("loader", listener);
        assertThat(listener.lines).isEqualTo(List.of("owntrue"));
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
        assertThatThrownBy(() -> train("throw", listener)).isInstanceOf(PluginException.class);
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    @Test
    void currentModelOfASweep_canBeReadByTheListener() {
        Runs.Listener listener = new Runs.Listener() {
            @Override
            public Decision sweep(Sweep sweep, Supplier<? extends TrainedModel> current) {
                log(current.get().getClass().getSimpleName());
                return Decision.STOP;
            }
        };
        assertThat(train("report", listener)).isInstanceOf(EmbeddingModel.class);
        assertThat(listener.lines).containsExactly("about to report", "EmbeddingModel");
    }

    @Test
    void scoringModel_isGuarded() {
        ScoringModel model = (ScoringModel) train("score", new Runs.Listener());
        float[] scores = new float[model.itemCount()];
        model.score(new History(new int[] {0}, new float[] {4}), scores);
        assertThat(scores).containsExactly(4);
        History empty = new History(new int[0], new float[0]);
        assertThatThrownBy(() -> model.score(empty, scores))
                .isInstanceOf(PluginException.class)
                .hasMessageContainingAll(
                        SUBJECT + "score failed", "ArrayIndexOutOfBoundsException", "plugin.Model.score");
        assertThatThrownBy(() -> model.scoreAll(new History[] {empty}, new float[1][1]))
                .isInstanceOf(PluginException.class);
        assertThatThrownBy(() -> model.write(section -> {}))
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");
    }

    @Test
    void reopenedModel_isGuardedAndItsIoExceptionPasses() throws IOException {
        ScoringModel model = algorithm.reopen(sections(Set.of("scores")));
        assertThatThrownBy(() -> model.score(new History(new int[0], new float[0]), new float[1]))
                .isInstanceOf(PluginException.class);
        assertThatThrownBy(() -> algorithm.reopen(sections(Set.of())))
                .isInstanceOf(IOException.class)
                .hasMessage("nothing to reopen");
    }

    @Test
    void origin_isKnown() {
        assertThat(algorithm.pluginName()).isEqualTo("moody");
        assertThat(algorithm.pluginVersion()).isEqualTo("1.2.3");
        assertThat(algorithm.pluginPath()).isEqualTo(directory.resolve("moody.jar"));
        assertThat(algorithm.jarPaths()).containsExactly(directory.resolve("moody.jar"));
        assertThat(algorithm).hasToString("moody (plugin 'moody' version 1.2.3)");
    }

    @Test
    void unknownAlgorithmOfAPlugin_isNamedWithTheKnown() {
        assertThatThrownBy(() -> plugin.algorithm("calm"))
                .isInstanceOf(AlgorithmNotFoundException.class)
                .hasMessageContainingAll("No algorithm 'calm'", "loaded are moody", "latent plugins list");
    }

    @Test
    void loadOne_refusesWithTheReason() throws IOException {
        Path bad = PluginJars.fault("other-spi-major").writeTo(directory.resolve("bad.jar"));
        assertThatThrownBy(() -> PluginRegistry.loadOne(bad))
                .isInstanceOf(PluginException.class)
                .hasMessageContainingAll("Plugin 'other-spi-major' version 1.2.3", "is REJECTED", "built for SPI 2.0");
        assertThatThrownBy(() -> PluginRegistry.loadOne(directory.resolve("absent.jar")))
                .isInstanceOf(PluginException.class)
                .hasMessageContainingAll("Plugin 'absent.jar'", "no jar and no folder at");
    }

    private TrainedModel train(String mood, Runs.Listener listener) {
        return algorithm.train(Runs.Context.of(algorithm, Map.of("mood", mood)), listener);
    }

    private static SectionReader sections(Set<String> names) {
        return new SectionReader() {
            @Override
            public Set<String> names() {
                return names;
            }

            @Override
            public Section read(String name) throws IOException {
                throw new IOException("no section " + name);
            }
        };
    }
}
