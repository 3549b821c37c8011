package dev.latent.cli.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.cli.CommandLineHarness;
import dev.latent.v1.GetTuningRequest;
import dev.latent.v1.GetTuningResponse;
import dev.latent.v1.StartTuningRequest;
import dev.latent.v1.StartTuningResponse;
import dev.latent.v1.TrainingServiceGrpc.TrainingServiceImplBase;
import dev.latent.v1.Tuning;
import dev.latent.v1.TuningTrial;
import dev.latent.v1.WatchTuningRequest;
import dev.latent.v1.WatchTuningResponse;
import io.grpc.stub.StreamObserver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuneCommandTest {

    @TempDir
    private Path directory;

    /** A server whose search has failed after one trial. */
    private static final class Searches extends TrainingServiceImplBase {
        private final List<StartTuningRequest> requests = new ArrayList<>();

        private static Tuning tuning() {
            return Tuning.newBuilder()
                    .setId("tuning-1")
                    .setMetric("rmse")
                    .setState(Tuning.State.STATE_FAILED)
                    .setMessage("the run was out of luck")
                    .addTrials(trial(1, 0.9))
                    .addTrials(trial(2, 0.8))
                    .build();
        }

        private static TuningTrial trial(int number, double metric) {
            return TuningTrial.newBuilder()
                    .setNumber(number)
                    .putHyperparameters("factors", "8")
                    .setState(TuningTrial.State.STATE_COMPLETE)
                    .setMetric(metric)
                    .setSeconds(1.5)
                    .build();
        }

        @Override
        public void startTuning(StartTuningRequest request, StreamObserver<StartTuningResponse> responses) {
            requests.add(request);
            responses.onNext(
                    StartTuningResponse.newBuilder().setTuning(tuning()).build());
            responses.onCompleted();
        }

        @Override
        public void watchTuning(WatchTuningRequest request, StreamObserver<WatchTuningResponse> responses) {
            responses.onNext(WatchTuningResponse.newBuilder()
                    .setEvent(1)
                    .setEnded(trial(1, 0.9))
                    .build());
            responses.onCompleted();
        }

        @Override
        public void getTuning(GetTuningRequest request, StreamObserver<GetTuningResponse> responses) {
            responses.onNext(GetTuningResponse.newBuilder()
                    .setTuning(tuning())
                    .setReport("<html></html>")
                    .build());
            responses.onCompleted();
        }
    }

    @Test
    void model_isTunedOnTheServer_theLowestErrorIsTheBest() throws Exception {
        Searches searches = new Searches();
        Path report = directory.resolve("report.html");
        try (CommandLineHarness harness = new CommandLineHarness(searches)) {
            CommandLineHarness.Result result = harness.run(
                    "tune",
                    "films",
                    "--metric",
                    "rmse",
                    "--time",
                    "10m",
                    "--set",
                    "loss=squared",
                    "--report",
                    report.toString(),
                    "-o",
                    "json");
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.out())
                    .contains("\"best\":{\"set\":{\"factors\":\"8\"},\"metric\":0.8}")
                    .contains("\"state\":\"COMPLETE\",\"seconds\":1.5");
            assertThat(result.err()).contains("trial 1  COMPLETE  rmse 0.9").contains("the run was out of luck");
        }
        assertThat(report).hasContent("<html></html>");
        assertThat(searches.requests).singleElement().satisfies(request -> {
            assertThat(request.getTime().getSeconds()).isEqualTo(600);
            assertThat(request.getHyperparametersMap()).containsEntry("loss", "squared");
        });
    }

    @Test
    void nothingToTune_isAnErrorThatNamesBothWays() {
        try (CommandLineHarness harness = new CommandLineHarness(new Searches())) {
            CommandLineHarness.Result result = harness.run("tune");
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err()).contains("MODEL").contains("--train FILE");
        }
    }

    @Test
    void featureFiles_areForWorkWithoutAServer() {
        Searches searches = new Searches();
        try (CommandLineHarness harness = new CommandLineHarness(searches)) {
            for (String option : List.of("--item-features", "--user-features")) {
                CommandLineHarness.Result result = harness.run("tune", "films", option, "items.csv");
                assertThat(result.exitCode()).isEqualTo(2);
                assertThat(result.err()).contains("are for --algorithm NAME --train FILE, without a server");
            }
        }
        assertThat(searches.requests).isEmpty();
    }

    @Test
    void unknownAlgorithmOffline_isNamed() throws Exception {
        Path file = Files.writeString(directory.resolve("train.csv"), "1,2,3\n");
        try (CommandLineHarness harness = new CommandLineHarness(new Searches())) {
            CommandLineHarness.Result result =
                    harness.run("tune", "--algorithm", "nothing", "--train", file.toString());
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err()).contains("'nothing'");
        }
    }
}
