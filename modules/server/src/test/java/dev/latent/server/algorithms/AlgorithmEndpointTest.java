package dev.latent.server.algorithms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.server.Failures;
import dev.latent.server.TestServer;
import dev.latent.v1.Algorithm;
import dev.latent.v1.GetAlgorithmRequest;
import dev.latent.v1.Hyperparameter;
import dev.latent.v1.ListAlgorithmsRequest;
import dev.latent.v1.ListPluginsRequest;
import dev.latent.v1.Plugin;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AlgorithmEndpointTest {

    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<Plugin> plugins() {
        return server.algorithms()
                .listPlugins(ListPluginsRequest.getDefaultInstance())
                .getPluginsList();
    }

    @Test
    void algorithm_isDescribedAsDeclared() {
        Algorithm algorithm = server.algorithms()
                .getAlgorithm(GetAlgorithmRequest.newBuilder().setName("taste").build())
                .getAlgorithm();

        assertThat(algorithm.getPlugin()).isEqualTo("taste");
        assertThat(algorithm.getPluginVersion()).isEqualTo("1.2.3");
        assertThat(algorithm.getHyperparametersList())
                .extracting(Hyperparameter::getName)
                .containsExactly("factors", "pause", "sweeps", "mood", "spread", "loud");
        assertThat(algorithm.getHyperparameters(0))
                .isEqualTo(Hyperparameter.newBuilder()
                        .setName("factors")
                        .setDescription("Length of the vectors.")
                        .setType(Hyperparameter.Type.TYPE_INTEGER)
                        .setDefaultValue("8")
                        .setMinimum(1)
                        .setMaximum(64)
                        .setScale(Hyperparameter.Scale.SCALE_LOG)
                        .build());
        assertThat(algorithm.getHyperparameters(3).getChoicesList()).containsExactly("good", "bad");
        assertThat(algorithm.getHyperparameters(4).getType()).isEqualTo(Hyperparameter.Type.TYPE_REAL);
        assertThat(algorithm.getHyperparameters(5).getType()).isEqualTo(Hyperparameter.Type.TYPE_FLAG);
        assertThat(server.algorithms()
                        .listAlgorithms(ListAlgorithmsRequest.getDefaultInstance())
                        .getAlgorithmsList())
                .contains(algorithm);
    }

    @Test
    void unknownAlgorithm_isNotFound() {
        Failures failure = Failures.of(() -> server.algorithms()
                .getAlgorithm(GetAlgorithmRequest.newBuilder().setName("magic").build()));

        assertThat(failure.code()).isEqualTo(Code.NOT_FOUND);
        assertThat(failure.reason()).isEqualTo("ALGORITHM_NOT_FOUND");
    }

    @Test
    void brokenJarDroppedIn_isListedAsRejectedBesideTheGoodOne() throws Exception {
        Files.writeString(server.home().resolve("plugins").resolve("broken.jar"), "not a zip");

        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (plugins().size() < 2 && System.nanoTime() < end) {
            Thread.sleep(100);
        }

        assertThat(plugins()).extracting(Plugin::getName).containsExactly("broken", "taste");
        assertThat(plugins().getFirst().getState()).isEqualTo(Plugin.State.STATE_REJECTED);
        assertThat(plugins().getFirst().getReason()).isNotEmpty();
        assertThat(plugins().getLast().getState()).isEqualTo(Plugin.State.STATE_LOADED);
        assertThat(plugins().getLast().getAlgorithmsList()).containsExactly("taste");
    }
}
