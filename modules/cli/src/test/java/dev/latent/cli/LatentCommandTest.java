package dev.latent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Int32Value;
import com.google.protobuf.StringValue;
import dev.latent.cli.CommandLineHarness.Result;
import dev.latent.cli.session.ExitCode;
import dev.latent.v1.Algorithm;
import dev.latent.v1.AlgorithmServiceGrpc;
import dev.latent.v1.Alias;
import dev.latent.v1.GetAlgorithmRequest;
import dev.latent.v1.GetAlgorithmResponse;
import dev.latent.v1.Hyperparameter;
import dev.latent.v1.ListModelsRequest;
import dev.latent.v1.ListModelsResponse;
import dev.latent.v1.ListPluginsRequest;
import dev.latent.v1.ListPluginsResponse;
import dev.latent.v1.ListRunsRequest;
import dev.latent.v1.ListRunsResponse;
import dev.latent.v1.Model;
import dev.latent.v1.ModelServiceGrpc;
import dev.latent.v1.Plugin;
import dev.latent.v1.RecommendRequest;
import dev.latent.v1.RecommendResponse;
import dev.latent.v1.RecommenderServiceGrpc;
import dev.latent.v1.Run;
import dev.latent.v1.TrainingServiceGrpc;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatentCommandTest {

    private final FakeHealth health = new FakeHealth();
    private final CommandLineHarness latent =
            new CommandLineHarness(health, new Models(), new Algorithms(), new Training(), new Recommender());

    @AfterEach
    void stop() {
        latent.close();
    }

    @Test
    void version_namesTheBuild() {
        assertThat(latent.run("--version").out()).matches("latent [0-9]+\\.[0-9]+\\.[0-9]+\\S* on Java 25.*\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void completion_isAScriptThatTheShellAccepts(String shell) throws Exception {
        Result result = latent.run("completion", shell);

        assertThat(result.out()).contains("recommend", "--expect-generation", "complete -F", "bashcompinit");
        assertThat(exitCodeOf(result.out(), "bash", "-n")).isZero();
        assertThat(exitCodeOf(result.out() + "\ntype _complete_latent >/dev/null", "bash"))
                .isZero();
    }

    private static int exitCodeOf(String input, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .inheritIO()
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
        try (OutputStream stream = process.getOutputStream()) {
            stream.write(input.getBytes(StandardCharsets.UTF_8));
        }
        return process.waitFor();
    }

    @Test
    void serve_isLeftToTheLauncher() {
        Result result = latent.run("serve", "--home", "/nowhere");

        assertThat(result.exitCode()).isEqualTo(ExitCode.ERROR.number());
        assertThat(result.err()).contains("bin/latent serve");
        assertThat(latent.run("serve", "--help").out()).contains("--grpc-port", "ready grpc=HOST:PORT");
    }

    @Test
    void status_showsHealthModelsPluginsRuns() {
        Result result = latent.run("status", "--server", "here:1");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEqualTo("""
                        WHAT               STATE
                        server here:1      SERVING
                        plugins            LOADED=1
                        runs               RUNNING=1
                        model movies live  movies@7 FAILED: damaged
                        model books        nothing promoted yet
                        """);
    }

    @Test
    void status_asJson_hasTheSame() {
        assertThat(latent.run("status", "-o", "json").out())
                .isEqualTo("{\"server\":\"localhost:8980\",\"health\":\"SERVING\",\"plugins\":{\"LOADED\":1},"
                        + "\"runs\":{\"RUNNING\":1},\"models\":[{\"name\":\"movies\",\"aliases\":[{\"name\":\"live\","
                        + "\"version\":\"movies@7\",\"state\":\"FAILED\",\"reason\":\"damaged\"}]},"
                        + "{\"name\":\"books\",\"aliases\":[]}]}\n");
    }

    @Test
    void statusOfAServerThatIsNotReady_isUnavailable() {
        health.status = 2;

        Result result = latent.run("status");

        assertThat(result.exitCode()).isEqualTo(ExitCode.UNAVAILABLE.number());
        assertThat(result.out()).contains("NOT_SERVING");
    }

    @Test
    void algorithm_isDescribedWithWhatItAccepts() {
        Result result = latent.run("algorithms", "describe", "wals");

        assertThat(result.out()).isEqualTo("""
                        HYPERPARAMETER  TYPE     DEFAULT   ACCEPTED           DESCRIPTION
                        factors         integer  64        1..1024            How many
                        regularization  real     0.01      0..1000000         How much
                        feedback        choice   implicit  implicit|explicit  Which
                        """);
        assertThat(result.err()).isEqualTo("wals (plugin wals 0.1.0): Least squares\n");
    }

    @Test
    void bench_measuresBesideAHealthCheck() {
        Result result = latent.run("bench movies 1 2 --requests 200 --warm-up 10 --concurrency 4 -o json".split(" "));

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .matches("\\[\\{\"call\":\"health Check\",\"calls\":200,\"per_second\":[0-9.E]+,\"p50_micros\":[0-9]+,"
                        + "\"p99_micros\":[0-9]+,\"max_micros\":[0-9]+},\\{\"call\":\"Recommend\",.*}]\n");
    }

    @Test
    void benchOfAModelThatFails_endsWithItsError() {
        Result result = latent.run("bench", "nothing", "1", "--requests", "10", "--warm-up", "0");

        assertThat(result.exitCode()).isEqualTo(ExitCode.NOT_FOUND.number());
        assertThat(result.err()).isEqualTo("error: There is no model 'nothing'\n");
    }

    /** The check of grpc.health.v1, as far as its wire format goes. */
    private static final class FakeHealth implements BindableService {

        private volatile int status = 1;

        @Override
        public ServerServiceDefinition bindService() {
            MethodDescriptor<StringValue, Int32Value> check = MethodDescriptor.<StringValue, Int32Value>newBuilder()
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .setFullMethodName("grpc.health.v1.Health/Check")
                    .setRequestMarshaller(ProtoUtils.marshaller(StringValue.getDefaultInstance()))
                    .setResponseMarshaller(ProtoUtils.marshaller(Int32Value.getDefaultInstance()))
                    .build();
            return ServerServiceDefinition.builder("grpc.health.v1.Health")
                    .addMethod(check, ServerCalls.asyncUnaryCall((request, answer) -> {
                        answer.onNext(Int32Value.of(status));
                        answer.onCompleted();
                    }))
                    .build();
        }
    }

    /** Has a model that cannot serve, and one without versions. */
    private static final class Models extends ModelServiceGrpc.ModelServiceImplBase {
        @Override
        public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> answer) {
            answer.onNext(ListModelsResponse.newBuilder()
                    .addModels(Model.newBuilder()
                            .setName("movies")
                            .addAliases(Alias.newBuilder()
                                    .setName("live")
                                    .setVersion("movies@7")
                                    .setState(Alias.State.STATE_FAILED)
                                    .setStateReason("damaged")))
                    .addModels(Model.newBuilder().setName("books"))
                    .build());
            answer.onCompleted();
        }
    }

    /** Has one algorithm. */
    private static final class Algorithms extends AlgorithmServiceGrpc.AlgorithmServiceImplBase {

        @Override
        public void listPlugins(ListPluginsRequest request, StreamObserver<ListPluginsResponse> answer) {
            answer.onNext(ListPluginsResponse.newBuilder()
                    .addPlugins(Plugin.newBuilder().setState(Plugin.State.STATE_LOADED))
                    .build());
            answer.onCompleted();
        }

        @Override
        public void getAlgorithm(GetAlgorithmRequest request, StreamObserver<GetAlgorithmResponse> answer) {
            answer.onNext(GetAlgorithmResponse.newBuilder()
                    .setAlgorithm(Algorithm.newBuilder()
                            .setName("wals")
                            .setDescription("Least squares")
                            .setPlugin("wals")
                            .setPluginVersion("0.1.0")
                            .addHyperparameters(number("factors", Hyperparameter.Type.TYPE_INTEGER, "64", 1, 1024)
                                    .setDescription("How many"))
                            .addHyperparameters(number("regularization", Hyperparameter.Type.TYPE_REAL, "0.01", 0, 1e6)
                                    .setDescription("How much"))
                            .addHyperparameters(Hyperparameter.newBuilder()
                                    .setName("feedback")
                                    .setDescription("Which")
                                    .setType(Hyperparameter.Type.TYPE_CHOICE)
                                    .setDefaultValue("implicit")
                                    .addAllChoices(List.of("implicit", "explicit"))))
                    .build());
            answer.onCompleted();
        }

        private static Hyperparameter.Builder number(
                String name, Hyperparameter.Type type, String value, double minimum, double maximum) {
            return Hyperparameter.newBuilder()
                    .setName(name)
                    .setType(type)
                    .setDefaultValue(value)
                    .setMinimum(minimum)
                    .setMaximum(maximum);
        }
    }

    /** Has one run at work. */
    private static final class Training extends TrainingServiceGrpc.TrainingServiceImplBase {
        @Override
        public void listRuns(ListRunsRequest request, StreamObserver<ListRunsResponse> answer) {
            answer.onNext(ListRunsResponse.newBuilder()
                    .addRuns(Run.newBuilder().setState(Run.State.STATE_RUNNING))
                    .build());
            answer.onCompleted();
        }
    }

    /** Knows one model. */
    private static final class Recommender extends RecommenderServiceGrpc.RecommenderServiceImplBase {
        @Override
        public void recommend(RecommendRequest request, StreamObserver<RecommendResponse> answer) {
            if (request.getModel().equals("movies")) {
                answer.onNext(RecommendResponse.getDefaultInstance());
                answer.onCompleted();
            } else {
                answer.onError(io.grpc.Status.NOT_FOUND
                        .withDescription("There is no model 'nothing'")
                        .asRuntimeException());
            }
        }
    }
}
