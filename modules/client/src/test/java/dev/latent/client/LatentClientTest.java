package dev.latent.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latent.v1.AlgorithmServiceGrpc;
import dev.latent.v1.DatasetServiceGrpc;
import dev.latent.v1.DeleteDatasetRequest;
import dev.latent.v1.DeleteDatasetResponse;
import dev.latent.v1.Interaction;
import dev.latent.v1.InteractionServiceGrpc;
import dev.latent.v1.ModelServiceGrpc;
import dev.latent.v1.RecommendRequest;
import dev.latent.v1.RecommendResponse;
import dev.latent.v1.RecommenderServiceGrpc;
import dev.latent.v1.TrainingServiceGrpc;
import dev.latent.v1.WriteInteractionsRequest;
import dev.latent.v1.WriteInteractionsResponse;
import io.grpc.Context;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LatentClientTest {

    private final FakeRecommender recommender = new FakeRecommender();
    private final FakeDatasets datasets = new FakeDatasets();
    private final FakeInteractions interactions = new FakeInteractions();
    private Server server;
    private LatentClient client;

    @BeforeEach
    void start() throws Exception {
        String name = InProcessServerBuilder.generateName();
        server = InProcessServerBuilder.forName(name)
                .addService(recommender)
                .addService(datasets)
                .addService(interactions)
                .build()
                .start();
        client = LatentClient.of(
                InProcessChannelBuilder.forName(name)
                        .defaultServiceConfig(ServiceConfig.retriesOfReads())
                        .enableRetry()
                        .build(),
                Duration.ofSeconds(7));
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }

    @Test
    void recommend_noDeadlineGiven_usesTheDefaultOne() {
        client.recommend("movies", "42", 10);
        assertThat(recommender.secondsLeft).isBetween(1L, 7L);
        assertThat(recommender.last.getK()).isEqualTo(10);
    }

    @Test
    void recommend_deadlineGiven_keepsIt() {
        client.recommender().withDeadlineAfter(60, TimeUnit.SECONDS).recommend(RecommendRequest.getDefaultInstance());
        assertThat(recommender.secondsLeft).isBetween(30L, 60L);
    }

    @Test
    void recommend_serverUnavailableTwice_isRetried() {
        recommender.failures.set(2);
        assertThat(client.recommend("movies", "42", 10).getVersion()).isEqualTo("movies@1");
        assertThat(recommender.calls).hasValue(3);
    }

    @Test
    void deleteDataset_serverUnavailable_isNotRetried() {
        assertThatThrownBy(() -> client.datasets().deleteDataset(DeleteDatasetRequest.getDefaultInstance()))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("UNAVAILABLE");
        assertThat(datasets.calls).hasValue(1);
    }

    @Test
    void serviceConfig_everyMethodNamed_existsInTheContract() {
        Set<String> methods = Stream.of(
                        RecommenderServiceGrpc.getServiceDescriptor(),
                        InteractionServiceGrpc.getServiceDescriptor(),
                        DatasetServiceGrpc.getServiceDescriptor(),
                        ModelServiceGrpc.getServiceDescriptor(),
                        TrainingServiceGrpc.getServiceDescriptor(),
                        AlgorithmServiceGrpc.getServiceDescriptor())
                .flatMap(service -> service.getMethods().stream())
                .map(method -> method.getFullMethodName())
                .collect(Collectors.toSet());
        assertThat(ServiceConfig.retriedMethods()).isNotEmpty().isSubsetOf(methods);
    }

    @Test
    void write_batchesAcknowledgedTogether_completeInOrder() {
        interactions.acknowledgeEvery = 3;
        try (InteractionWriter writer = client.writeInteractions("films")) {
            List<CompletableFuture<Void>> batches = new ArrayList<>();
            for (int batch = 0; batch < 3; batch++) {
                batches.add(writer.write(List.of(
                        Interaction.newBuilder().setUserId("u").setItemId("i").build())));
            }
            batches.forEach(CompletableFuture::join);
        }
        assertThat(interactions.received)
                .extracting(WriteInteractionsRequest::getSequence)
                .containsExactly(1L, 2L, 3L);
        assertThat(interactions.received.getFirst().getDataset()).isEqualTo("films");
    }

    @Test
    void write_streamFails_failsWhatWasNotAcknowledged() {
        interactions.failAt = 2;
        InteractionWriter writer = client.writeInteractions("films");
        CompletableFuture<Void> first = writer.write(List.of());
        first.join();
        CompletableFuture<Void> second = writer.write(List.of());
        assertThatThrownBy(second::join).hasMessageContaining("INVALID_ARGUMENT");
        assertThatThrownBy(writer::close)
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("INVALID_ARGUMENT");
    }

    @Test
    void write_afterClose_isRefused() {
        InteractionWriter writer = client.writeInteractions("films");
        writer.close();
        assertThatThrownBy(() -> writer.write(List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("films");
    }

    @Test
    void of_timeoutOfZero_isRefused() {
        assertThatThrownBy(() -> LatentClient.connect("localhost:1", Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT0S");
    }

    private static final class FakeRecommender extends RecommenderServiceGrpc.RecommenderServiceImplBase {
        private final AtomicInteger failures = new AtomicInteger();
        private final AtomicInteger calls = new AtomicInteger();
        private volatile RecommendRequest last = RecommendRequest.getDefaultInstance();
        private volatile long secondsLeft;

        @Override
        public void recommend(RecommendRequest request, StreamObserver<RecommendResponse> responses) {
            calls.incrementAndGet();
            last = request;
            secondsLeft = Context.current().getDeadline().timeRemaining(TimeUnit.SECONDS);
            if (failures.getAndDecrement() > 0) {
                responses.onError(Status.UNAVAILABLE.asRuntimeException());
                return;
            }
            responses.onNext(
                    RecommendResponse.newBuilder().setVersion("movies@1").build());
            responses.onCompleted();
        }
    }

    private static final class FakeDatasets extends DatasetServiceGrpc.DatasetServiceImplBase {
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public void deleteDataset(DeleteDatasetRequest request, StreamObserver<DeleteDatasetResponse> responses) {
            calls.incrementAndGet();
            responses.onError(Status.UNAVAILABLE.asRuntimeException());
        }
    }

    private static final class FakeInteractions extends InteractionServiceGrpc.InteractionServiceImplBase {
        private final List<WriteInteractionsRequest> received = new ArrayList<>();
        private int acknowledgeEvery = 1;
        private int failAt = Integer.MAX_VALUE;

        @Override
        public StreamObserver<WriteInteractionsRequest> writeInteractions(
                StreamObserver<WriteInteractionsResponse> responses) {
            return new StreamObserver<>() {
                @Override
                public void onNext(WriteInteractionsRequest request) {
                    received.add(request);
                    if (received.size() == failAt) {
                        responses.onError(Status.INVALID_ARGUMENT.asRuntimeException());
                    } else if (received.size() % acknowledgeEvery == 0) {
                        responses.onNext(WriteInteractionsResponse.newBuilder()
                                .setAcknowledgedSequence(request.getSequence())
                                .build());
                    }
                }

                @Override
                public void onError(Throwable cause) {
                    throw new AssertionError(cause);
                }

                @Override
                public void onCompleted() {
                    responses.onCompleted();
                }
            };
        }
    }
}
