package dev.latent.server.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.server.Failures;
import dev.latent.server.TestServer;
import dev.latent.v1.CancelRunRequest;
import dev.latent.v1.DeleteUserRequest;
import dev.latent.v1.EstimateRunRequest;
import dev.latent.v1.EvaluationSplit;
import dev.latent.v1.GetModelRequest;
import dev.latent.v1.GetRunRequest;
import dev.latent.v1.ListRunsRequest;
import dev.latent.v1.Run;
import dev.latent.v1.RunEstimate;
import dev.latent.v1.StartRunRequest;
import dev.latent.v1.TrainingServiceGrpc;
import dev.latent.v1.WatchRunRequest;
import dev.latent.v1.WatchRunResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TrainingEndpointTest {

    private static final int SMALLEST_WINDOW = 65_535;

    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start();
        server.createDataset("films", 30, 12);
        server.createDataset("books", 5, 5);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static StartRunRequest.Builder run(String model) {
        return StartRunRequest.newBuilder().setModel(model).setDataset("films").setAlgorithm("taste");
    }

    private static List<WatchRunResponse> events(String id, long after) {
        List<WatchRunResponse> events = new ArrayList<>();
        server.training()
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .watchRun(WatchRunRequest.newBuilder()
                        .setId(id)
                        .setAfterEvent(after)
                        .build())
                .forEachRemaining(events::add);
        return events;
    }

    @Test
    void run_createsModelAndVersion() {
        Run run = server.train(run("created")
                .putHyperparameters("factors", "4")
                .setSeed(9)
                .setActor("me")
                .build());

        assertThat(run.getState()).as(run.getMessage()).isEqualTo(Run.State.STATE_SUCCEEDED);
        assertThat(run.getVersion()).isEqualTo("created@1");
        assertThat(run.getHyperparametersMap()).containsEntry("factors", "4").containsEntry("mood", "good");
        assertThat(run.getSeed()).isEqualTo(9);
        assertThat(run.getActor()).isEqualTo("me");
        assertThat(run.getMetricsMap()).containsKey("ndcg@10");
        assertThat(run.getBaselineMetricsMap()).containsKey("ndcg@10");
        assertThat(run.getEndTime().getSeconds()).isPositive();
        assertThat(server.training()
                        .getRun(GetRunRequest.newBuilder().setId(run.getId()).build())
                        .getRun())
                .isEqualTo(run);
        assertThat(server.models()
                        .getModel(
                                GetModelRequest.newBuilder().setName("created").build())
                        .getModel()
                        .getHyperparametersMap())
                .containsExactlyEntriesOf(Map.of("factors", "4"));
    }

    @Test
    void estimateRun_tellsSizesAndCreatesNothing() {
        RunEstimate estimate = server.training()
                .estimateRun(
                        EstimateRunRequest.newBuilder().setRun(run("imagined")).build())
                .getEstimate();

        assertThat(estimate.getUsers()).isEqualTo(30);
        assertThat(estimate.getInteractions()).isPositive();
        assertThat(estimate.getTotalBytes())
                .isEqualTo(estimate.getSnapshotBytes() + estimate.getHeapBytes() + estimate.getNativeBytes());
        assertThat(estimate.getHeapLimitBytes()).isEqualTo(128 << 20);
        assertThat(estimate.getFits()).isTrue();
        assertThat(estimate.getNote()).contains("'taste' does not tell what it needs");
        assertThat(Failures.of(() -> server.models()
                                .getModel(GetModelRequest.newBuilder()
                                        .setName("imagined")
                                        .build()))
                        .code())
                .isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void startRun_moreThanMayBeUsed_isRefusedWithFiguresAndCreatesNothing() throws IOException {
        try (TestServer small =
                TestServer.start(Files.createTempDirectory("latent-small-"), Map.of("training.memory", "64m"))) {
            small.createDataset("films", 30, 12);

            Failures refused =
                    Failures.of(() -> small.training().startRun(run("refused").build()));

            assertThat(refused.code()).isEqualTo(Code.FAILED_PRECONDITION);
            assertThat(refused.reason()).isEqualTo("NOT_ENOUGH_MEMORY");
            assertThat(refused.message()).contains("does not fit", "64 MiB are there: the setting training.memory");
            assertThat(small.training()
                            .listRuns(ListRunsRequest.getDefaultInstance())
                            .getRunsCount())
                    .isZero();
            assertThat(Failures.of(() -> small.models()
                                    .getModel(GetModelRequest.newBuilder()
                                            .setName("refused")
                                            .build()))
                            .code())
                    .isEqualTo(Code.NOT_FOUND);
        }
    }

    @Test
    void deletedUser_leavesNoSnapshotOfEarlierRuns() throws IOException {
        server.createDataset("private", 10, 5);
        server.train(StartRunRequest.newBuilder()
                .setModel("private")
                .setDataset("private")
                .setAlgorithm("taste")
                .setSplit(EvaluationSplit.newBuilder().setKind(EvaluationSplit.Kind.KIND_NONE))
                .build());
        Path snapshots = server.home().resolve("runs/snapshots");
        int before = count(snapshots);

        server.interactions()
                .deleteUser(DeleteUserRequest.newBuilder()
                        .setDataset("private")
                        .setUserId("u1")
                        .build());

        assertThat(count(snapshots)).isLessThan(before);
    }

    private static int count(Path directory) throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            return (int) paths.count();
        }
    }

    @Test
    void hyperparametersOfTheModel_areTakenUnlessTheRunSetsThem() {
        server.train(run("inherits")
                .putHyperparameters("factors", "4")
                .putHyperparameters("spread", "2")
                .build());

        Run second = server.train(StartRunRequest.newBuilder()
                .setModel("inherits")
                .putHyperparameters("factors", "5")
                .build());

        assertThat(second.getVersion()).isEqualTo("inherits@2");
        assertThat(second.getHyperparametersMap()).containsEntry("factors", "5").containsEntry("spread", "2");
    }

    @Test
    void events_areNumberedWithoutGapsAndReplayed() {
        Run run = server.train(run("replayed")
                .putHyperparameters("sweeps", "20")
                .putHyperparameters("loud", "true")
                .build());

        List<WatchRunResponse> all = events(run.getId(), 0);

        assertThat(all)
                .extracting(WatchRunResponse::getEvent)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, all.size()).boxed().toList());
        assertThat(all.getFirst().getRun().getState()).isEqualTo(Run.State.STATE_QUEUED);
        assertThat(all.getLast().getRun().getState()).isEqualTo(Run.State.STATE_SUCCEEDED);
        assertThat(all).anyMatch(event -> event.getLogLine().contains("sweep 20"));
        assertThat(all).anyMatch(event -> event.getProgress().getLossCount() > 0);
        assertThat(events(run.getId(), all.size() - 2))
                .containsExactlyElementsOf(all.subList(all.size() - 2, all.size()));
    }

    /** A follower that reads the first event and then, when told to, all others. */
    private static final class SlowFollower implements ClientResponseObserver<WatchRunRequest, WatchRunResponse> {

        private final List<Long> events = Collections.synchronizedList(new ArrayList<>());
        private final CompletableFuture<Void> end = new CompletableFuture<>();
        private final AtomicReference<ClientCallStreamObserver<WatchRunRequest>> call = new AtomicReference<>();

        @Override
        public void beforeStart(ClientCallStreamObserver<WatchRunRequest> requests) {
            requests.disableAutoRequestWithInitial(1);
            call.set(requests);
        }

        void readAll() {
            call.get().request(Integer.MAX_VALUE);
        }

        @Override
        public void onNext(WatchRunResponse response) {
            events.add(response.getEvent());
        }

        @Override
        public void onError(Throwable cause) {
            end.completeExceptionally(cause);
        }

        @Override
        public void onCompleted() {
            end.complete(null);
        }
    }

    @Test
    void followerThatReadsSlowly_missesNothing() throws Exception {
        Run started = server.training()
                .startRun(run("talkative")
                        .putHyperparameters("sweeps", "5000")
                        .putHyperparameters("loud", "true")
                        .setRefit(false)
                        .build())
                .getRun();
        SlowFollower slow = new SlowFollower();
        ManagedChannel narrow = NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort())
                .usePlaintext()
                .flowControlWindow(SMALLEST_WINDOW)
                .build();
        TrainingServiceGrpc.newStub(narrow)
                .watchRun(WatchRunRequest.newBuilder().setId(started.getId()).build(), slow);
        assertThat(server.await(started.getId()).getState()).isEqualTo(Run.State.STATE_SUCCEEDED);
        int readWhileAtWork = slow.events.size();

        slow.readAll();
        slow.end.get(60, TimeUnit.SECONDS);
        narrow.shutdownNow();

        assertThat(readWhileAtWork).isEqualTo(1);
        assertThat(slow.events).hasSizeGreaterThan(5_000);
        assertThat(slow.events)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, slow.events.size()).boxed().toList());
    }

    @Test
    void cancelledRun_endsWithoutAVersion() {
        Run started = server.training()
                .startRun(run("cancelled").putHyperparameters("pause", "60000").build())
                .getRun();

        server.training()
                .cancelRun(CancelRunRequest.newBuilder().setId(started.getId()).build());

        Run ended = server.await(started.getId());
        assertThat(ended.getState()).isEqualTo(Run.State.STATE_CANCELLED);
        assertThat(ended.getVersion()).isEmpty();
        assertThat(Failures.of(() -> server.training()
                                .cancelRun(CancelRunRequest.newBuilder()
                                        .setId(started.getId())
                                        .build()))
                        .code())
                .isEqualTo(Code.FAILED_PRECONDITION);
    }

    @Test
    void sameRequestId_givesTheSameRun() {
        StartRunRequest request = run("idempotent")
                .setRequestId("123e4567-e89b-12d3-a456-426614174000")
                .build();

        String first = server.training().startRun(request).getRun().getId();

        assertThat(server.training().startRun(request).getRun().getId()).isEqualTo(first);
        Failures reused = Failures.of(
                () -> server.training().startRun(request.toBuilder().setSeed(99).build()));
        assertThat(reused.fields()).containsExactly("request_id");
        server.await(first);
    }

    @Test
    void malformedRequest_isRefusedWithEveryField() {
        Failures failure = Failures.of(() -> server.training()
                .startRun(StartRunRequest.newBuilder()
                        .setModel("Upper")
                        .setThreads(10_000)
                        .setRequestId("no")
                        .setSplit(EvaluationSplit.newBuilder().setFraction(2))
                        .putTypeWeights("view", Double.NaN)
                        .build()));

        assertThat(failure.code()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(failure.fields())
                .containsExactlyInAnyOrder("model", "threads", "request_id", "split.fraction", "type_weights[view]");
    }

    @Test
    void hyperparameterOutOfRange_isRefusedByNameAndCreatesNoModel() {
        Failures failure = Failures.of(() -> server.training()
                .startRun(run("never")
                        .putHyperparameters("factors", "0")
                        .putHyperparameters("unknown", "1")
                        .build()));

        assertThat(failure.code()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(failure.fields()).containsExactlyInAnyOrder("hyperparameters[factors]", "hyperparameters[unknown]");
        assertThat(Failures.of(() -> server.models()
                                .getModel(GetModelRequest.newBuilder()
                                        .setName("never")
                                        .build()))
                        .code())
                .isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void unknownThings_areNotFound() {
        assertThat(Failures.of(() -> server.training()
                                .startRun(run("x").setDataset("nowhere").build()))
                        .reason())
                .isEqualTo("DATASET_NOT_FOUND");
        assertThat(Failures.of(() -> server.training()
                                .startRun(run("x").setAlgorithm("magic").build()))
                        .reason())
                .isEqualTo("ALGORITHM_NOT_FOUND");
        assertThat(Failures.of(() -> server.training()
                                .startRun(StartRunRequest.newBuilder()
                                        .setModel("nobody")
                                        .build()))
                        .reason())
                .isEqualTo("MODEL_NOT_FOUND");
        assertThat(Failures.of(() -> server.training()
                                .getRun(GetRunRequest.newBuilder()
                                        .setId("run-999999")
                                        .build()))
                        .reason())
                .isEqualTo("RUN_NOT_FOUND");
        assertThat(Failures.of(() -> events("run-999999", 0)).reason()).isEqualTo("RUN_NOT_FOUND");
    }

    @Test
    void otherDatasetThanTheModels_isRefused() {
        server.train(run("fixed").build());

        Failures failure = Failures.of(() ->
                server.training().startRun(run("fixed").setDataset("books").build()));

        assertThat(failure.code()).isEqualTo(Code.FAILED_PRECONDITION);
        assertThat(failure.message()).contains("films").contains("books");
    }

    @Test
    void runs_areListedNewestFirstAndByModel() {
        String first = server.train(run("listed").build()).getId();
        String second = server.train(run("listed").build()).getId();

        List<Run> runs = server.training()
                .listRuns(ListRunsRequest.newBuilder().setModel("listed").build())
                .getRunsList();

        assertThat(runs).extracting(Run::getId).containsExactly(second, first);
        assertThat(server.training()
                        .listRuns(ListRunsRequest.newBuilder().setPageSize(1).build())
                        .getNextPageToken())
                .isNotEmpty();
    }
}
