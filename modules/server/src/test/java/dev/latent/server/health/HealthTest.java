package dev.latent.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.server.Failures;
import dev.latent.server.TestServer;
import dev.latent.v1.DeleteModelRequest;
import io.grpc.Status.Code;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthTest {

    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = TestServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ServingStatus check(String service) {
        return HealthGrpc.newBlockingStub(server.channel())
                .check(HealthCheckRequest.newBuilder().setService(service).build())
                .getStatus();
    }

    /** Watches a service; what it hears is queued. */
    private BlockingQueue<ServingStatus> watch(String service) {
        BlockingQueue<ServingStatus> heard = new LinkedBlockingQueue<>();
        HealthGrpc.newStub(server.channel())
                .watch(HealthCheckRequest.newBuilder().setService(service).build(), new StreamObserver<>() {
                    @Override
                    public void onNext(HealthCheckResponse response) {
                        heard.add(response.getStatus());
                    }

                    @Override
                    public void onError(Throwable cause) {}

                    @Override
                    public void onCompleted() {}
                });
        return heard;
    }

    @Test
    void startedServer_servesAsAWholeAndEachService() {
        assertThat(List.of(
                        "",
                        "latent.v1.RecommenderService",
                        "latent.v1.InteractionService",
                        "latent.v1.DatasetService",
                        "latent.v1.ModelService",
                        "latent.v1.TrainingService",
                        "latent.v1.AlgorithmService"))
                .allSatisfy(service -> assertThat(check(service)).isEqualTo(ServingStatus.SERVING));
        assertThat(Failures.of(() -> check("nobody")).code()).isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void watchedModel_appearsWhenPromotedAndGoesWhenDeleted() throws InterruptedException {
        server.createDataset("films", 10, 6);
        BlockingQueue<ServingStatus> heard = watch("movies");
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(ServingStatus.SERVICE_UNKNOWN);

        server.trainAndPromote("movies", "films");

        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(ServingStatus.SERVING);
        assertThat(check("movies")).isEqualTo(ServingStatus.SERVING);

        server.models()
                .deleteModel(DeleteModelRequest.newBuilder()
                        .setName("movies")
                        .setForce(true)
                        .build());

        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(ServingStatus.SERVICE_UNKNOWN);
        assertThat(Failures.of(() -> check("movies")).code()).isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void damagedLiveVersion_makesTheWholeNotServeAndReadyzSaysWhy() throws Exception {
        server.createDataset("films", 10, 6);
        server.trainAndPromote("broken", "films");
        server.trainAndPromote("whole", "films");
        server.close();
        damage(server.home().resolve("models/broken/versions/1"));
        server = TestServer.start(server.root(), Map.of());

        assertThat(check("broken")).isEqualTo(ServingStatus.NOT_SERVING);
        assertThat(check("whole")).isEqualTo(ServingStatus.SERVING);
        assertThat(check("")).isEqualTo(ServingStatus.NOT_SERVING);
        assertThat(server.get("/readyz").statusCode()).isEqualTo(503);
        assertThat(server.get("/readyz").body()).contains("model broken").doesNotContain("model whole");
        assertThat(server.get("/healthz").statusCode()).isEqualTo(200);

        server.trainAndPromote("broken", "films");

        assertThat(check("")).isEqualTo(ServingStatus.SERVING);
        assertThat(server.get("/readyz").statusCode()).isEqualTo(200);
    }

    private static void damage(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Path victim = files.filter(file -> file.toString().contains("item_factors"))
                    .findFirst()
                    .orElseThrow();
            victim.toFile().setWritable(true);
            try (RandomAccessFile file = new RandomAccessFile(victim.toFile(), "rw")) {
                file.setLength(file.length() - 1);
            }
        }
    }

    @Test
    void stoppingServer_tellsItsWatchers() throws InterruptedException {
        BlockingQueue<ServingStatus> heard = watch("");
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(ServingStatus.SERVING);

        server.closeServer();

        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(ServingStatus.NOT_SERVING);
    }
}
