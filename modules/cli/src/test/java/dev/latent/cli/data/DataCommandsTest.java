package dev.latent.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.cli.CommandLineHarness;
import dev.latent.cli.CommandLineHarness.Result;
import dev.latent.cli.session.ExitCode;
import dev.latent.v1.DatasetServiceGrpc;
import dev.latent.v1.DeleteDatasetRequest;
import dev.latent.v1.DeleteDatasetResponse;
import dev.latent.v1.ImportInteractionsRequest;
import dev.latent.v1.ImportInteractionsResponse;
import dev.latent.v1.ImportOptions;
import dev.latent.v1.ImportProblem;
import dev.latent.v1.ImportedFile;
import dev.latent.v1.Interaction;
import dev.latent.v1.InteractionServiceGrpc;
import dev.latent.v1.RepeatPolicy;
import dev.latent.v1.WriteInteractionsRequest;
import dev.latent.v1.WriteInteractionsResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataCommandsTest {

    private final Datasets datasets = new Datasets();
    private final Interactions interactions = new Interactions();
    private final CommandLineHarness latent = new CommandLineHarness(datasets, interactions);

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        latent.close();
    }

    @Test
    void importOfAFolder_sendsEveryVisibleFileWhole() throws Exception {
        byte[] large = new byte[700_000];
        new Random(1).nextBytes(large);
        Files.write(folder.resolve("ratings.csv"), large);
        Files.writeString(folder.resolve("movies.csv"), "movieId,title,genres\n");
        Files.writeString(folder.resolve("empty.csv"), "");
        Files.writeString(folder.resolve(".hidden"), "x");
        Files.createDirectory(folder.resolve("inner"));

        Result result = latent.run(
                "import", "movies", folder.toString(), "--type", "view", "--policy", "sum", "--skip-bad-lines");

        assertThat(result.exitCode()).isZero();
        assertThat(datasets.files.keySet()).containsExactly("empty.csv", "movies.csv", "ratings.csv");
        assertThat(datasets.files
                        .getOrDefault("ratings.csv", new ByteArrayOutputStream())
                        .toByteArray())
                .isEqualTo(large);
        assertThat(datasets.largestChunk).isEqualTo(256 * 1024);
        assertThat(datasets.options.getDataset()).isEqualTo("movies");
        assertThat(datasets.options.getType()).isEqualTo("view");
        assertThat(datasets.options.getRepeatPolicy()).isEqualTo(RepeatPolicy.REPEAT_POLICY_SUM);
        assertThat(datasets.options.getSkipBadLines()).isTrue();
        assertThat(result.out()).startsWith("FILE         STATE     INTERACTIONS  ITEMS  USERS  BAD LINES\n");
    }

    @Test
    void importOffATerminal_reportsInPlainLines() throws Exception {
        Files.writeString(folder.resolve("ratings.csv"), "1,2,3\n");

        Result result = latent.run("import", "movies", folder.toString());

        assertThat(result.err()).isEqualTo("import  sending ratings.csv\nimport  sent; the server takes it in\n");
    }

    @Test
    void importOnATerminal_drawsOneLineAndTakesItAway() throws Exception {
        Files.writeString(folder.resolve("ratings.csv"), "1,2,3\n");

        Result result = latent.onTerminal().run("import", "movies", folder.toString(), "--color", "never");

        assertThat(result.err()).contains("[========================]").endsWith("\r\u001b[K");
    }

    @Test
    void refusedFile_givesErrorWithEachBadLine() throws Exception {
        datasets.problem = ImportProblem.newBuilder()
                .setFile("ratings.csv")
                .setLine(7)
                .setColumn("rating")
                .setReason("'lots' is not a number")
                .build();
        Files.writeString(folder.resolve("ratings.csv"), "1,2,3\n");

        Result result =
                latent.run("import", "movies", folder.resolve("ratings.csv").toString());

        assertThat(result.exitCode()).isEqualTo(ExitCode.ERROR.number());
        assertThat(result.out()).contains("REFUSED");
        assertThat(result.err())
                .contains("ratings.csv:7: column rating: 'lots' is not a number\n", "and 2 more", "--skip-bad-lines");
    }

    @Test
    void importThatTheServerEnds_tellsItsReason() throws Exception {
        datasets.failure = Status.FAILED_PRECONDITION.withDescription("Dataset 'movies' counts repeats otherwise");
        byte[] large = new byte[5_000_000];
        Files.write(folder.resolve("ratings.csv"), large);

        Result result = latent.run("import", "movies", folder.toString());

        assertThat(result.exitCode()).isEqualTo(ExitCode.CONFLICT.number());
        assertThat(result.err()).contains("error: Dataset 'movies' counts repeats otherwise");
    }

    @Test
    void importOfAnEmptyFolder_isRefused() {
        Result result = latent.run("import", "movies", folder.toString());

        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(result.err()).contains("holds no files");
    }

    @Test
    void write_takesLinesFromArguments() {
        Result result = latent.run(
                "interactions", "write", "movies", "ada,50,4.5", "\"a, b\",51", "ada,52,,2026-01-31T12:00:00Z,view");

        assertThat(result).isEqualTo(new Result(0, "dataset/movies 3 interactions written\n", ""));
        assertThat(interactions.written).extracting(Interaction::getUserId).containsExactly("ada", "a, b", "ada");
        assertThat(interactions.written.get(0).getValue()).isEqualTo(4.5f);
        assertThat(interactions.written.get(1).hasValue()).isFalse();
        assertThat(interactions.written.get(1).hasTime()).isFalse();
        assertThat(interactions.written.get(2).getTime().getSeconds()).isEqualTo(1_769_860_800L);
        assertThat(interactions.written.get(2).getType()).isEqualTo("view");
    }

    @Test
    void write_takesManyLinesFromStandardInput() {
        latent.withInput("u,i,1,5\n\n".repeat(2500));

        Result result = latent.run("interactions", "write", "movies");

        assertThat(result.out()).isEqualTo("dataset/movies 2,500 interactions written\n");
        assertThat(interactions.written).hasSize(2500);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ada; argument 1 has 1 fields",
                "ada,1,2,3,view,more; argument 1 has 6 fields",
                "ada,1,lots; column value: 'lots' is not a number",
                "ada,1,NaN; column value: 'NaN' is not finite",
                "ada,1,1,yesterday; column time: 'yesterday'",
                "ada,\"1; double quote"
            })
    void write_badLine_isNamedAndNothingWritten(String line, String message) {
        Result result = latent.run("interactions", "write", "movies", line);

        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(result.err()).contains(message);
        assertThat(interactions.written).isEmpty();
    }

    @Test
    void write_refusedByTheServer_givesItsCode() {
        interactions.failure = Status.NOT_FOUND.withDescription("There is no dataset 'movies'");

        Result result = latent.run("interactions", "write", "movies", "ada,1");

        assertThat(result.exitCode()).isEqualTo(ExitCode.NOT_FOUND.number());
        assertThat(result.err()).isEqualTo("error: There is no dataset 'movies'\n");
    }

    @Test
    void delete_asksForTheName() {
        assertThat(latent.onTerminal()
                        .withInput("films\n")
                        .run("datasets", "delete", "movies")
                        .exitCode())
                .isEqualTo(ExitCode.ERROR.number());
        assertThat(datasets.deleted).isEmpty();

        assertThat(latent.withInput("movies\n")
                        .run("datasets", "delete", "movies")
                        .out())
                .isEqualTo("dataset/movies deleted\n");
        assertThat(latent.run("datasets", "delete", "books", "--yes").exitCode())
                .isZero();
        assertThat(datasets.deleted).containsExactly("movies", "books");
    }

    /** Keeps what was sent. */
    private static final class Datasets extends DatasetServiceGrpc.DatasetServiceImplBase {

        private final Map<String, ByteArrayOutputStream> files = new LinkedHashMap<>();
        private final List<String> deleted = new ArrayList<>();
        private volatile ImportOptions options = ImportOptions.getDefaultInstance();
        private volatile ImportProblem problem = ImportProblem.getDefaultInstance();
        private volatile Status failure = Status.OK;
        private volatile int largestChunk;

        @Override
        public StreamObserver<ImportInteractionsRequest> importInteractions(
                StreamObserver<ImportInteractionsResponse> answer) {
            if (!failure.isOk()) {
                answer.onError(failure.asRuntimeException());
            }
            return new StreamObserver<>() {
                private ByteArrayOutputStream file = new ByteArrayOutputStream();

                @Override
                public void onNext(ImportInteractionsRequest request) {
                    switch (request.getPartCase()) {
                        case OPTIONS -> options = request.getOptions();
                        case FILE -> {
                            file = new ByteArrayOutputStream();
                            files.put(request.getFile().getName(), file);
                        }
                        default -> {
                            largestChunk =
                                    Math.max(largestChunk, request.getChunk().size());
                            file.writeBytes(request.getChunk().toByteArray());
                        }
                    }
                }

                @Override
                public void onError(Throwable cause) {}

                @Override
                public void onCompleted() {
                    if (failure.isOk()) {
                        answer.onNext(response());
                        answer.onCompleted();
                    }
                }
            };
        }

        private ImportInteractionsResponse response() {
            ImportInteractionsResponse.Builder response = ImportInteractionsResponse.newBuilder();
            boolean refused = problem.getLine() > 0;
            files.keySet()
                    .forEach(name -> response.addFiles(ImportedFile.newBuilder()
                            .setName(name)
                            .setState(refused ? ImportedFile.State.STATE_REFUSED : ImportedFile.State.STATE_IMPORTED)
                            .setProblemCount(refused ? 3 : 0)
                            .addAllProblems(refused ? List.of(problem) : List.of())));
            return response.build();
        }

        @Override
        public void deleteDataset(DeleteDatasetRequest request, StreamObserver<DeleteDatasetResponse> answer) {
            deleted.add(request.getName());
            answer.onNext(DeleteDatasetResponse.getDefaultInstance());
            answer.onCompleted();
        }
    }

    /** Keeps what was written. */
    private static final class Interactions extends InteractionServiceGrpc.InteractionServiceImplBase {

        private final List<Interaction> written = new ArrayList<>();
        private volatile Status failure = Status.OK;

        @Override
        public StreamObserver<WriteInteractionsRequest> writeInteractions(
                StreamObserver<WriteInteractionsResponse> answer) {
            return new StreamObserver<>() {
                @Override
                public void onNext(WriteInteractionsRequest request) {
                    if (!failure.isOk()) {
                        answer.onError(failure.asRuntimeException());
                        return;
                    }
                    written.addAll(request.getInteractionsList());
                    answer.onNext(WriteInteractionsResponse.newBuilder()
                            .setAcknowledgedSequence(request.getSequence())
                            .build());
                }

                @Override
                public void onError(Throwable cause) {}

                @Override
                public void onCompleted() {
                    if (failure.isOk()) {
                        answer.onCompleted();
                    }
                }
            };
        }
    }
}
