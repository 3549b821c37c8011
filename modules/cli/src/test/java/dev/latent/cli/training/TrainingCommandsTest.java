package dev.latent.cli.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.latent.cli.CommandLineHarness;
import dev.latent.cli.CommandLineHarness.Result;
import dev.latent.cli.session.ExitCode;
import dev.latent.v1.CancelRunRequest;
import dev.latent.v1.CancelRunResponse;
import dev.latent.v1.EstimateRunRequest;
import dev.latent.v1.EstimateRunResponse;
import dev.latent.v1.EvaluationSplit;
import dev.latent.v1.GetRunRequest;
import dev.latent.v1.GetRunResponse;
import dev.latent.v1.ListRunsRequest;
import dev.latent.v1.ListRunsResponse;
import dev.latent.v1.NamedValue;
import dev.latent.v1.Run;
import dev.latent.v1.RunEstimate;
import dev.latent.v1.RunProgress;
import dev.latent.v1.StartRunRequest;
import dev.latent.v1.StartRunResponse;
import dev.latent.v1.TrainingServiceGrpc;
import dev.latent.v1.WatchRunRequest;
import dev.latent.v1.WatchRunResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrainingCommandsTest {

    private final Training training = new Training();
    private final CommandLineHarness latent = new CommandLineHarness(training);

    @AfterEach
    void stop() {
        latent.close();
    }

    @Test
    void train_printsNothingButTheVersionOnStandardOutput() {
        Result result = latent.run("train", "movies", "--dataset", "films", "--algorithm", "wals");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEqualTo("movies@7\n");
        assertThat(result.err()).isEqualTo("""
                        running  run r1
                        train     1/2  loss 0.5000  ndcg@10 0.1000
                        train     2/2  loss 0.2500
                        movies@7 trained by wals in 3s; measured on the latest of each user
                        MEASURE    WALS  POPULARITY
                        ndcg@10  0.3100      0.1200
                        rmse     0.9000           -
                        """);
    }

    @Test
    void longTraining_offATerminal_isTheHistoryOfSomeSweeps() {
        training.sweeps = 40;

        assertThat(latent.run("train", "movies").err().lines().filter(line -> line.startsWith("train")))
                .containsExactly(
                        "train     10/40  loss 10.00",
                        "train     20/40  loss 20.00",
                        "train     30/40  loss 30.00",
                        "train     40/40  loss 40.00");
    }

    @Test
    void train_onATerminal_showsABarWithLossesAndRemainingTime() {
        Result result = latent.onTerminal().run("train", "movies");

        assertThat(result.err())
                .contains("train     [============            ] 1/2  loss 0.5000  ndcg@10 0.1000  ETA 4s")
                .contains("\u001b[1mMEASURE");
        assertThat(result.out()).isEqualTo("movies@7\n");
    }

    @Test
    void train_passesEveryOption() {
        latent.run(("train movies --dataset films --algorithm wals --set factors=8 --set alpha=2 --seed 9 --threads 2"
                        + " --split random:0.2 --no-refit --patience 3 --metric rmse --type-weight view=0.5")
                .split(" "));

        StartRunRequest request = training.started;
        assertThat(request.getModel()).isEqualTo("movies");
        assertThat(request.getDataset()).isEqualTo("films");
        assertThat(request.getAlgorithm()).isEqualTo("wals");
        assertThat(request.getHyperparametersMap())
                .containsEntry("factors", "8")
                .containsEntry("alpha", "2");
        assertThat(request.getSeed()).isEqualTo(9);
        assertThat(request.getThreads()).isEqualTo(2);
        assertThat(request.getSplit().getKind()).isEqualTo(EvaluationSplit.Kind.KIND_RANDOM);
        assertThat(request.getSplit().getFraction()).isEqualTo(0.2);
        assertThat(request.getRefit()).isFalse();
        assertThat(request.getEarlyStopping().getPatience()).isEqualTo(3);
        assertThat(request.getEarlyStopping().getMetric()).isEqualTo("rmse");
        assertThat(request.getTypeWeightsMap()).containsEntry("view", 0.5);
        assertThat(request.getRequestId()).hasSize(36);
    }

    @Test
    void train_warmStart_asksForTheServedOrAGivenVersion() {
        latent.run("train", "movies");
        assertThat(training.started.hasWarmStart()).isFalse();
        latent.run("train", "movies", "--warm-start");
        assertThat(training.started.hasWarmStart()).isTrue();
        assertThat(training.started.getWarmStart().getVersion()).isZero();
        latent.run("train", "movies", "--warm-start", "7");
        assertThat(training.started.getWarmStart().getVersion()).isEqualTo(7);
    }

    @Test
    void train_dryRun_tellsMemoryAndTimeAndStartsNothing() {
        Result shown = latent.run("train", "movies", "--set", "factors=8", "--dry-run");
        Result json = latent.run("train", "movies", "--dry-run", "-o", "json");

        assertThat(shown.exitCode()).isZero();
        assertThat(shown.out()).contains("interactions").contains("4.0 GiB").contains("0.5000 s");
        assertThat(training.estimated.getHyperparametersMap()).isEmpty();
        assertThat(training.started).isEqualTo(StartRunRequest.getDefaultInstance());
        assertThat(json.out())
                .contains("\"total_bytes\":4294967296")
                .contains("\"seconds_per_sweep\":0.5")
                .contains("\"fits\":true");
    }

    @Test
    void train_dryRunOfWhatCannotFit_saysWhyAndFails() {
        training.problem = "The run does not fit: lower 'factors'";

        Result result = latent.run("train", "movies", "--dry-run");

        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.out()).contains("no");
        assertThat(result.err()).contains("does not fit: lower 'factors'");
    }

    @Test
    void train_severalValuesAfterOneSet_areAllTaken() {
        latent.run("train", "movies", "--set", "factors=8", "alpha=2");

        assertThat(training.started.getHyperparametersMap()).hasSize(2);
        assertThat(training.started.hasSeed()).isFalse();
    }

    @Test
    void detachedTrain_printsTheRun() {
        Result result = latent.run("train", "movies", "--detach");

        assertThat(result.out()).isEqualTo("r1\n");
        assertThat(result.err()).contains("latent runs watch r1");
        assertThat(training.watches).isEmpty();
    }

    @Test
    void failedRun_givesErrorAndItsReason() {
        training.end = Run.newBuilder()
                .setId("r1")
                .setState(Run.State.STATE_FAILED)
                .setMessage("Diverged at sweep 3; lower learning_rate")
                .build();

        Result result = latent.run("train", "movies");

        assertThat(result.exitCode()).isEqualTo(ExitCode.ERROR.number());
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("error: Run r1 failed: Diverged at sweep 3; lower learning_rate");
    }

    @Test
    void serverGoesAwayWhileWatching_isAskedAgainForTheRest() {
        training.breaksAfterFirstEvent = true;

        Result result = latent.run("runs", "watch", "r1");

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).contains("The server went away; asking again for run r1");
        assertThat(training.watches).containsExactly(0L, 1L);
    }

    @Test
    void log_isShownOnDemand() {
        assertThat(latent.run("runs", "watch", "r1").err()).doesNotContain("a line");
        assertThat(latent.run("runs", "watch", "r1", "--log").err()).contains("log: a line\n");
    }

    @Test
    void unknownRun_isNotFound() {
        assertThat(latent.run("runs", "watch", "r9").exitCode()).isEqualTo(ExitCode.NOT_FOUND.number());
    }

    @Test
    void runs_areListedAndCancelled() {
        assertThat(latent.run("runs").out()).isEqualTo("""
                        RUN  MODEL   ALGORITHM  STATE      PROGRESS  TIME  AGE
                        r1   movies  wals       SUCCEEDED  movies@7    3s    -
                        """);
        assertThat(latent.run("runs", "list", "-o", "json").out()).startsWith("[{\"id\":\"r1\",\"model\":\"movies\"");
        assertThat(latent.run("runs", "cancel", "r1").out()).isEqualTo("run/r1 cancelled\n");
    }

    /** Has one run. */
    private static final class Training extends TrainingServiceGrpc.TrainingServiceImplBase {

        private final List<Long> watches = new ArrayList<>();
        private volatile StartRunRequest started = StartRunRequest.getDefaultInstance();
        private volatile boolean breaksAfterFirstEvent;
        private volatile int sweeps = 2;
        private volatile Run end = Run.newBuilder()
                .setId("r1")
                .setModel("movies")
                .setAlgorithm("wals")
                .setState(Run.State.STATE_SUCCEEDED)
                .setVersion("movies@7")
                .setEvaluationProtocol("the latest of each user")
                .setStartTime(Timestamp.newBuilder().setSeconds(10))
                .setEndTime(Timestamp.newBuilder().setSeconds(13))
                .putMetrics("ndcg@10", 0.31)
                .putMetrics("rmse", 0.9)
                .putBaselineMetrics("ndcg@10", 0.12)
                .build();

        private volatile StartRunRequest estimated = StartRunRequest.getDefaultInstance();
        private volatile String problem = "";

        @Override
        public void estimateRun(EstimateRunRequest request, StreamObserver<EstimateRunResponse> answer) {
            estimated = request.getRun();
            answer.onNext(EstimateRunResponse.newBuilder()
                    .setEstimate(RunEstimate.newBuilder()
                            .setInteractions(1000)
                            .setTotalBytes(4L << 30)
                            .setSweeps(16)
                            .setSweepTime(Duration.newBuilder().setNanos(500_000_000))
                            .setFits(problem.isEmpty())
                            .setProblem(problem))
                    .build());
            answer.onCompleted();
        }

        @Override
        public void startRun(StartRunRequest request, StreamObserver<StartRunResponse> answer) {
            started = request;
            answer.onNext(StartRunResponse.newBuilder()
                    .setRun(Run.newBuilder().setId("r1").setState(Run.State.STATE_QUEUED))
                    .build());
            answer.onCompleted();
        }

        @Override
        public void watchRun(WatchRunRequest request, StreamObserver<WatchRunResponse> answer) {
            if (!request.getId().equals("r1")) {
                answer.onError(
                        Status.NOT_FOUND.withDescription("There is no run 'r9'").asRuntimeException());
                return;
            }
            watches.add(request.getAfterEvent());
            for (WatchRunResponse event : events()) {
                if (event.getEvent() > request.getAfterEvent()) {
                    answer.onNext(event);
                }
                if (breaksAfterFirstEvent) {
                    breaksAfterFirstEvent = false;
                    answer.onError(Status.UNAVAILABLE.asRuntimeException());
                    return;
                }
            }
            answer.onCompleted();
        }

        private List<WatchRunResponse> events() {
            return sweeps == 2 ? fewEvents() : manyEvents();
        }

        /** Two events a sweep: the first still with the loss of the sweep before. */
        private List<WatchRunResponse> manyEvents() {
            List<WatchRunResponse> events = new ArrayList<>();
            for (int event = 2; event <= 2 * sweeps + 1; event++) {
                RunProgress progress = RunProgress.newBuilder()
                        .setPhase("train")
                        .setSweep(event / 2)
                        .setSweeps(sweeps)
                        .addLoss(value("loss", Math.floorDiv(event - 1, 2)))
                        .build();
                events.add(WatchRunResponse.newBuilder()
                        .setEvent(event)
                        .setProgress(progress)
                        .build());
            }
            return events;
        }

        private List<WatchRunResponse> fewEvents() {
            return List.of(
                    WatchRunResponse.newBuilder()
                            .setEvent(1)
                            .setRun(Run.newBuilder().setId("r1").setState(Run.State.STATE_RUNNING))
                            .build(),
                    WatchRunResponse.newBuilder()
                            .setEvent(2)
                            .setLogLine("a line")
                            .build(),
                    WatchRunResponse.newBuilder()
                            .setEvent(3)
                            .setProgress(progress(1, 0.5)
                                    .addMetrics(value("ndcg@10", 0.1))
                                    .setRemaining(Duration.newBuilder().setSeconds(4)))
                            .build(),
                    WatchRunResponse.newBuilder()
                            .setEvent(4)
                            .setProgress(progress(2, 0.25))
                            .build(),
                    WatchRunResponse.newBuilder().setEvent(5).setRun(end).build());
        }

        private static RunProgress.Builder progress(int sweep, double loss) {
            return RunProgress.newBuilder()
                    .setPhase("train")
                    .setSweep(sweep)
                    .setSweeps(2)
                    .setFraction(sweep / 2.0)
                    .addLoss(value("loss", loss));
        }

        private static NamedValue value(String name, double value) {
            return NamedValue.newBuilder().setName(name).setValue(value).build();
        }

        @Override
        public void getRun(GetRunRequest request, StreamObserver<GetRunResponse> answer) {
            answer.onNext(GetRunResponse.newBuilder().setRun(end).build());
            answer.onCompleted();
        }

        @Override
        public void listRuns(ListRunsRequest request, StreamObserver<ListRunsResponse> answer) {
            answer.onNext(ListRunsResponse.newBuilder().addRuns(end).build());
            answer.onCompleted();
        }

        @Override
        public void cancelRun(CancelRunRequest request, StreamObserver<CancelRunResponse> answer) {
            answer.onNext(CancelRunResponse.newBuilder()
                    .setRun(Run.newBuilder().setId(request.getId()).setState(Run.State.STATE_CANCELLED))
                    .build());
            answer.onCompleted();
        }
    }
}
