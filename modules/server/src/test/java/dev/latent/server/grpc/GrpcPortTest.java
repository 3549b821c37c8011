package dev.latent.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.server.Failures;
import dev.latent.server.TestServer;
import dev.latent.v1.DatasetServiceGrpc;
import dev.latent.v1.ListDatasetsRequest;
import dev.latent.v1.RecommendRequest;
import dev.latent.v1.RecommenderServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcPortTest {

    private static final byte[] NOT_PROTOBUF = {(byte) 0xff, (byte) 0xff, (byte) 0xff};
    private static final byte[] INVALID_UTF8 = {0x0a, 0x02, (byte) 0xc3, 0x28};
    private static final byte[] TRUNCATED = {0x0a, 0x7f, 'x'};

    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Sends and receives messages as bytes. */
    private static final class Bytes implements Marshaller<byte[]> {

        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Failures send(String method, byte[] message, CallOptions options) {
        MethodDescriptor<byte[], byte[]> descriptor = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setFullMethodName(method)
                .setType(MethodDescriptor.MethodType.UNARY)
                .setRequestMarshaller(new Bytes())
                .setResponseMarshaller(new Bytes())
                .build();
        return Failures.of(() -> ClientCalls.blockingUnaryCall(server.channel(), descriptor, options, message));
    }

    @Test
    void reflection_listsEveryService() throws Exception {
        CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> requests = ServerReflectionGrpc.newStub(server.channel())
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                        answer.complete(response);
                    }

                    @Override
                    public void onError(Throwable cause) {
                        answer.completeExceptionally(cause);
                    }

                    @Override
                    public void onCompleted() {}
                });
        requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        requests.onCompleted();

        assertThat(answer.get(10, TimeUnit.SECONDS).getListServicesResponse().getServiceList())
                .extracting(ServiceResponse::getName)
                .containsExactlyInAnyOrder(
                        "latent.v1.RecommenderService",
                        "latent.v1.InteractionService",
                        "latent.v1.DatasetService",
                        "latent.v1.ModelService",
                        "latent.v1.TrainingService",
                        "latent.v1.AlgorithmService",
                        "grpc.health.v1.Health",
                        "grpc.reflection.v1.ServerReflection",
                        "grpc.reflection.v1alpha.ServerReflection");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "latent.v1.RecommenderService/Recommend",
                "latent.v1.DatasetService/GetDataset",
                "latent.v1.InteractionService/WriteInteractions",
                "grpc.health.v1.Health/Check"
            })
    void malformedMessage_isAnInvalidArgument(String method) {
        for (byte[] message : new byte[][] {NOT_PROTOBUF, INVALID_UTF8, TRUNCATED}) {
            Failures failure = send(method, message, CallOptions.DEFAULT);

            assertThat(failure.code()).isEqualTo(Code.INVALID_ARGUMENT);
            assertThat(failure.reason()).isEqualTo("MALFORMED_MESSAGE");
            assertThat(failure.message()).contains(method);
        }
    }

    @Test
    void messageThatUnpacksToMoreThanTheLimit_isExhausted() {
        byte[] message = RecommendRequest.newBuilder()
                .setModel("x".repeat(64 << 20))
                .build()
                .toByteArray();

        Failures failure =
                send("latent.v1.RecommenderService/Recommend", message, CallOptions.DEFAULT.withCompression("gzip"));

        assertThat(failure.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    }

    @Test
    void messageAboveTheServicesLimit_isExhausted() {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(RecommendRequest.newBuilder()
                .setModel("x".repeat(5 << 20))
                .build()
                .toByteArray());

        Failures failure = send("latent.v1.RecommenderService/Recommend", message.toByteArray(), CallOptions.DEFAULT);

        assertThat(failure.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
        assertThat(failure.reason()).isEqualTo("MESSAGE_TOO_LARGE");
        assertThat(send("latent.v1.DatasetService/GetDataset", message.toByteArray(), CallOptions.DEFAULT)
                        .code())
                .as("other services take more")
                .isEqualTo(Code.INVALID_ARGUMENT);
    }

    @Test
    void unknownMethod_isUnimplemented() {
        assertThat(send("latent.v1.RecommenderService/Guess", new byte[0], CallOptions.DEFAULT)
                        .code())
                .isEqualTo(Code.UNIMPLEMENTED);
    }

    /** The request id that comes back with an answer when one is sent. */
    private static String requestId(String sent) {
        Metadata headers = new Metadata();
        headers.put(RequestIds.HEADER, sent);
        AtomicReference<Metadata> back = new AtomicReference<>();
        AtomicReference<Metadata> trailers = new AtomicReference<>();
        DatasetServiceGrpc.newBlockingStub(ClientInterceptors.intercept(
                        server.channel(),
                        MetadataUtils.newAttachHeadersInterceptor(headers),
                        MetadataUtils.newCaptureMetadataInterceptor(back, trailers)))
                .listDatasets(ListDatasetsRequest.getDefaultInstance());
        return String.valueOf(back.get().get(RequestIds.HEADER));
    }

    @Test
    void requestId_comesBack() {
        assertThat(requestId("order-17.a_B")).isEqualTo("order-17.a_B");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "a;b", "${jndi:ldap}"})
    void requestIdOfAnotherForm_isReplaced(String sent) {
        assertThat(requestId(sent)).isNotEqualTo(sent).matches("[0-9a-f]{8}-[0-9a-f]+");
    }

    @Test
    void failedCall_hasItsRequestIdInTheTrailers() {
        StatusRuntimeException failure = org.assertj.core.api.Assertions.catchThrowableOfType(
                StatusRuntimeException.class,
                () -> RecommenderServiceGrpc.newBlockingStub(server.channel())
                        .recommend(RecommendRequest.getDefaultInstance()));

        assertThat(Status.trailersFromThrowable(failure))
                .isNotNull()
                .satisfies(
                        trailers -> assertThat(trailers.get(RequestIds.HEADER)).isNotEmpty());
        assertThat(Failures.of(failure).fields()).contains("model", "subject");
    }

    @Test
    void healthOfUnknownService_keepsItsStatus() {
        Failures failure = Failures.of(() -> HealthGrpc.newBlockingStub(server.channel())
                .check(HealthCheckRequest.newBuilder().setService("nobody").build()));

        assertThat(failure.code()).isEqualTo(Status.Code.NOT_FOUND);
    }

    /** A watch of the server's health on a channel. */
    private static final class Watch implements ClientResponseObserver<HealthCheckRequest, HealthCheckResponse> {

        private final CompletableFuture<HealthCheckResponse> first = new CompletableFuture<>();
        private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
        private final AtomicReference<ClientCallStreamObserver<HealthCheckRequest>> call = new AtomicReference<>();

        static Watch start(ManagedChannel channel) {
            Watch watch = new Watch();
            HealthGrpc.newStub(channel).watch(HealthCheckRequest.getDefaultInstance(), watch);
            return watch;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<HealthCheckRequest> requests) {
            call.set(requests);
        }

        @Override
        public void onNext(HealthCheckResponse response) {
            first.complete(response);
        }

        @Override
        public void onError(Throwable cause) {
            first.completeExceptionally(cause);
            failure.complete(cause);
        }

        @Override
        public void onCompleted() {}
    }

    @Test
    void clientThatResetsTooManyStreams_losesItsConnectionAndNobodyElse() throws Exception {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort())
                .usePlaintext()
                .build();
        try {
            Watch bystander = Watch.start(server.channel());
            Watch kept = Watch.start(channel);
            for (int call = 0; call < 300 && !kept.failure.isDone(); call++) {
                Watch watch = Watch.start(channel);
                watch.first
                        .exceptionally(_ -> HealthCheckResponse.getDefaultInstance())
                        .get(10, TimeUnit.SECONDS);
                watch.call.get().cancel("enough", null);
            }

            Throwable failure = kept.failure.get(10, TimeUnit.SECONDS);

            assertThat(Status.fromThrowable(failure).getDescription()).contains("too_many_rststreams");
            bystander.first.get(10, TimeUnit.SECONDS);
            assertThat(bystander.failure).isNotDone();
            bystander.call.get().cancel("done", null);
        } finally {
            channel.shutdownNow();
        }
    }
}
