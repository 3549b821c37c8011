package dev.latent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.ErrorInfo;
import dev.latent.cli.CommandLineHarness.Result;
import dev.latent.cli.session.ExitCode;
import dev.latent.v1.GetModelRequest;
import dev.latent.v1.GetModelResponse;
import dev.latent.v1.ListModelsRequest;
import dev.latent.v1.ListModelsResponse;
import dev.latent.v1.ModelServiceGrpc;
import dev.latent.v1.VerifyModelVersionRequest;
import dev.latent.v1.VerifyModelVersionResponse;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every row of the table of exit codes, and the messages beside them. */
class ExitCodesTest {

    private final FailingModels models = new FailingModels();
    private final CommandLineHarness latent = new CommandLineHarness(models);

    @AfterEach
    void stop() {
        latent.close();
    }

    @ParameterizedTest
    @CsvSource({
        "OK, 0",
        "CANCELLED, 1",
        "UNKNOWN, 1",
        "INTERNAL, 1",
        "UNIMPLEMENTED, 1",
        "INVALID_ARGUMENT, 2",
        "OUT_OF_RANGE, 2",
        "UNAUTHENTICATED, 4",
        "PERMISSION_DENIED, 4",
        "NOT_FOUND, 5",
        "ALREADY_EXISTS, 6",
        "ABORTED, 6",
        "FAILED_PRECONDITION, 6",
        "UNAVAILABLE, 7",
        "DEADLINE_EXCEEDED, 7",
        "RESOURCE_EXHAUSTED, 7",
        "DATA_LOSS, 8"
    })
    void failedCall_givesTheCodeOfItsRow(Code code, int expected) {
        models.status = Status.fromCode(code).withDescription("because of the test");

        Result result = latent.run("models", "describe", "movies");

        assertThat(result.exitCode()).isEqualTo(expected);
        assertThat(result.err().isEmpty()).isEqualTo(code == Code.OK);
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "nonsense",
        "models nonsense",
        "models describe",
        "models describe movies --nonsense",
        "models list -o xml",
        "recommend movies 1 -k many",
        "recommend movies 1 -k 0",
        "train movies --split never",
        "models list --timeout soon",
        "promote movies films@7",
        "versions describe movies",
        "versions",
        "verify --offline",
        "completion fish",
        "datasets create movies --policy first",
        "datasets delete movies",
        "import movies /nowhere/at/all"
    })
    void malformedCommandLine_givesUsage(String line) {
        Result result = latent.run(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(result.err()).startsWith("error: ").doesNotContain("Exception");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void damagedVersion_givesCorruption() {
        Result result = latent.run("versions", "verify", "movies", "7");

        assertThat(result.exitCode()).isEqualTo(ExitCode.CORRUPTION.number());
        assertThat(result.out()).isEqualTo("movies@7 is damaged: 3 files, 2.0 KiB checked\n");
        assertThat(result.err()).contains("items.vec is 812 bytes, manifest says 1024");
    }

    @Test
    void noServer_saysHowToStartOne() {
        latent.close();

        Result result = latent.run("models", "--server", "elsewhere:1");

        assertThat(result.exitCode()).isEqualTo(ExitCode.UNAVAILABLE.number());
        assertThat(result.err())
                .startsWith("error: The server at elsewhere:1 is not available")
                .contains("latent serve --home DIR", "LATENT_SERVER")
                .hasLineCount(1);
    }

    @Test
    void serverThatIsOverloaded_saysSoItself() {
        models.details = com.google.rpc.Status.newBuilder()
                .setCode(Code.UNAVAILABLE.value())
                .setMessage("The disk is full; free some space")
                .addDetails(
                        Any.pack(ErrorInfo.newBuilder().setReason("DISK_FULL").build()))
                .build();

        Result result = latent.run("models", "describe", "movies");

        assertThat(result).isEqualTo(new Result(7, "", "error: The disk is full; free some space\n"));
    }

    @Test
    void slowServer_saysHowToWaitLonger() {
        models.isSilent = true;

        Result result = latent.run("models", "list", "--timeout", "50ms");

        assertThat(result.exitCode()).isEqualTo(ExitCode.UNAVAILABLE.number());
        assertThat(result.err()).contains("did not answer within 50ms", "--timeout");
    }

    @Test
    void fieldViolations_areListedOnceEach() {
        models.details = com.google.rpc.Status.newBuilder()
                .setCode(Code.INVALID_ARGUMENT.value())
                .setMessage("name is malformed")
                .addDetails(Any.pack(BadRequest.newBuilder()
                        .addFieldViolations(violation("name", "is malformed"))
                        .addFieldViolations(violation("alias", "is 99 letters, expected at most 63"))
                        .build()))
                .build();

        Result result = latent.run("models", "describe", "movies");

        assertThat(result.err()).isEqualTo("error: name is malformed\n  alias: is 99 letters, expected at most 63\n");
    }

    private static FieldViolation violation(String field, String description) {
        return FieldViolation.newBuilder()
                .setField(field)
                .setDescription(description)
                .build();
    }

    @Test
    void messageWithControlCharacters_cannotDriveTheTerminal() {
        models.status = Status.NOT_FOUND.withDescription("There is no model '\u001b[2Jx'\nsecond line");

        Result result = latent.run("models", "describe", "movies");

        assertThat(result.err()).isEqualTo("error: There is no model '\\u001b[2Jx'\\u000asecond line\n");
    }

    @Test
    void stackTrace_isShownOnDemandOnly() {
        models.status = Status.NOT_FOUND.withDescription("There is no model 'movies'");

        assertThat(latent.run("models", "describe", "movies").err()).doesNotContain("\tat ");
        assertThat(latent.run("models", "describe", "movies", "--debug").err()).contains("\tat ");
    }

    @Test
    void help_listsEveryExitCode() {
        String help = latent.run("--help").out();

        assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::number)).containsExactly(0, 1, 2, 4, 5, 6, 7, 8, 130);
        for (ExitCode code : ExitCode.values()) {
            assertThat(help).containsPattern("(?m)^ +" + code.number() + " +" + code.meaning() + "$");
        }
    }

    @Test
    void unknownOption_suggestsTheRightOne() {
        assertThat(latent.run("recomend", "movies", "1").err()).contains("recommend", "--help");
    }

    @Test
    void offlineCheckOfAHomeWithNothing_isDone(@TempDir Path home) {
        Result result = latent.run("verify", "--offline", "--home", home.toString());

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).startsWith("intact: 0 models");
    }

    @Test
    void offlineCheckOfNoFolder_isUsage(@TempDir Path home) throws Exception {
        Path file = Files.writeString(home.resolve("file"), "");

        Result result = latent.run("verify", "--offline", "--home", file.toString());

        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(result.err()).contains("is not a folder");
    }

    @Test
    void everyCommand_hasHelp() {
        List<String> commands =
                LatentCommand.commandLine(dev.latent.cli.session.CommandContext.system())
                        .getSubcommands()
                        .keySet()
                        .stream()
                        .sorted()
                        .toList();

        assertThat(commands)
                .contains("serve", "status", "datasets", "import", "train", "runs", "models", "versions", "promote")
                .contains("rollback", "ledger", "algorithms", "plugins", "recommend", "similar", "score", "completion")
                .contains("verify", "interactions", "users", "sample", "bench");
        for (String command : commands) {
            Result result = latent.run(command, "--help");
            assertThat(result.exitCode()).as(command).isZero();
            assertThat(result.out()).as(command).startsWith("Usage: latent " + command);
        }
    }

    /** Answers as it is told to. */
    private static final class FailingModels extends ModelServiceGrpc.ModelServiceImplBase {

        private volatile Status status = Status.OK;
        private volatile com.google.rpc.Status details = com.google.rpc.Status.getDefaultInstance();
        private volatile boolean isSilent;

        @Override
        public void getModel(GetModelRequest request, StreamObserver<GetModelResponse> answer) {
            if (details.getDetailsCount() > 0) {
                answer.onError(StatusProto.toStatusRuntimeException(details));
            } else if (status.isOk()) {
                answer.onNext(GetModelResponse.getDefaultInstance());
                answer.onCompleted();
            } else {
                answer.onError(status.asRuntimeException());
            }
        }

        @Override
        public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> answer) {
            if (!isSilent) {
                answer.onNext(ListModelsResponse.getDefaultInstance());
                answer.onCompleted();
            }
        }

        @Override
        public void verifyModelVersion(
                VerifyModelVersionRequest request, StreamObserver<VerifyModelVersionResponse> answer) {
            answer.onNext(VerifyModelVersionResponse.newBuilder()
                    .addProblems("items.vec is 812 bytes, manifest says 1024")
                    .setFileCount(3)
                    .setByteCount(2048)
                    .build());
            answer.onCompleted();
        }
    }
}
