package dev.latent.server.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.latent.server.Failures;
import dev.latent.server.TestServer;
import dev.latent.v1.BatchGetItemsRequest;
import dev.latent.v1.CreateDatasetRequest;
import dev.latent.v1.Dataset;
import dev.latent.v1.DatasetServiceGrpc;
import dev.latent.v1.GetDatasetRequest;
import dev.latent.v1.ImportFile;
import dev.latent.v1.ImportInteractionsRequest;
import dev.latent.v1.ImportInteractionsResponse;
import dev.latent.v1.ImportOptions;
import dev.latent.v1.ImportedFile;
import dev.latent.v1.RepeatPolicy;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportInteractionsTest {

    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Dataset create(String name, RepeatPolicy policy) {
        return server.datasets()
                .createDataset(CreateDatasetRequest.newBuilder()
                        .setDataset(Dataset.newBuilder().setName(name).setRepeatPolicy(policy))
                        .build())
                .getDataset();
    }

    private static Dataset get(String name) {
        return server.datasets()
                .getDataset(GetDatasetRequest.newBuilder().setName(name).build())
                .getDataset();
    }

    /** Imports named contents and returns the answer. */
    private static ImportInteractionsResponse imported(ImportOptions options, Map<String, String> files) {
        List<ImportInteractionsRequest> parts = new ArrayList<>();
        parts.add(ImportInteractionsRequest.newBuilder().setOptions(options).build());
        files.forEach((name, content) -> {
            parts.add(file(name));
            byte[] bytes = content.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            for (int from = 0; from < bytes.length; from += 7) {
                parts.add(chunk(ByteString.copyFrom(bytes, from, Math.min(7, bytes.length - from))));
            }
        });
        return send(parts);
    }

    private static ImportInteractionsRequest file(String name) {
        return ImportInteractionsRequest.newBuilder()
                .setFile(ImportFile.newBuilder().setName(name))
                .build();
    }

    private static ImportInteractionsRequest chunk(ByteString bytes) {
        return ImportInteractionsRequest.newBuilder().setChunk(bytes).build();
    }

    private static ImportInteractionsResponse send(List<ImportInteractionsRequest> parts) {
        CompletableFuture<ImportInteractionsResponse> answer = new CompletableFuture<>();
        StreamObserver<ImportInteractionsRequest> requests = DatasetServiceGrpc.newStub(server.channel())
                .importInteractions(new StreamObserver<>() {
                    @Override
                    public void onNext(ImportInteractionsResponse response) {
                        answer.complete(response);
                    }

                    @Override
                    public void onError(Throwable cause) {
                        answer.completeExceptionally(cause);
                    }

                    @Override
                    public void onCompleted() {}
                });
        parts.forEach(requests::onNext);
        requests.onCompleted();
        try {
            return answer.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (StatusRuntimeException) e.getCause();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static ImportOptions into(String dataset) {
        return ImportOptions.newBuilder().setDataset(dataset).build();
    }

    private static final String RATINGS = "user_id,item_id,rating,timestamp\n1,10,4.5,100\n1,11,3,101\n2,10,5,102\n";

    @Test
    void folderWithItemsAndUsers_countsEachInItsFile() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("users.csv", "user_id,country\n1,DE\n2,FR\n3,FR\n");
        files.put("items.csv", "item_id,categories\n10,A|B\n");
        files.put("interactions.csv", RATINGS);

        ImportInteractionsResponse response = imported(into("three"), files);

        assertThat(response.getFilesList())
                .extracting(file -> file.getName() + " " + file.getInteractionCount() + " " + file.getItemCount() + " "
                        + file.getUserCount())
                .containsExactly("interactions.csv 3 0 0", "items.csv 0 1 0", "users.csv 0 0 3");
        assertThat(response.getDataset().getUserRecordCount()).isEqualTo(3);
        ImportInteractionsResponse alone = imported(into("alone"), Map.of("users.csv", files.get("users.csv")));
        assertThat(alone.getFilesList()).singleElement().satisfies(file -> {
            assertThat(file.getUserCount()).isEqualTo(3);
            assertThat(file.getItemCount()).isZero();
        });
    }

    @Test
    void file_isImportedIntoANewDataset() {
        ImportInteractionsResponse response = imported(into("file"), Map.of("my ratings.csv", RATINGS));

        assertThat(response.getFilesList()).singleElement().satisfies(file -> {
            assertThat(file.getName()).isEqualTo("my ratings.csv");
            assertThat(file.getState()).isEqualTo(ImportedFile.State.STATE_IMPORTED);
            assertThat(file.getInteractionCount()).isEqualTo(3);
            assertThat(file.getProblemCount()).isZero();
        });
        assertThat(response.getDataset().getUserCount()).isEqualTo(2);
        assertThat(response.getDataset().getItemCount()).isEqualTo(2);
        assertThat(response.getDataset().getInteractionCount()).isEqualTo(3);
    }

    @Test
    void sameFileAgain_changesNothing() {
        imported(into("twice"), Map.of("ratings.csv", RATINGS));

        ImportInteractionsResponse response = imported(into("twice"), Map.of("ratings.csv", RATINGS));

        assertThat(response.getFiles(0).getState()).isEqualTo(ImportedFile.State.STATE_UNCHANGED);
        assertThat(response.getDataset().getInteractionCount()).isEqualTo(3);
    }

    @Test
    void folderOfMovieLens_isImportedWithItsItems() {
        ImportInteractionsResponse response = imported(
                into("folder"),
                Map.of(
                        "README.txt", "not for us",
                        "ratings.csv", "userId,movieId,rating,timestamp\n1,10,4.5,100\n",
                        "movies.csv", "movieId,title,genres\n10,\"Heat, the film\",Action|Crime\n11,Other,Drama\n"));

        assertThat(response.getFilesList())
                .extracting(ImportedFile::getName, ImportedFile::getInteractionCount, ImportedFile::getItemCount)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("ratings.csv", 1L, 0L),
                        org.assertj.core.groups.Tuple.tuple("movies.csv", 0L, 2L));
        assertThat(server.datasets()
                        .batchGetItems(BatchGetItemsRequest.newBuilder()
                                .setDataset("folder")
                                .addIds("10")
                                .build())
                        .getItems(0)
                        .getTitle())
                .isEqualTo("Heat, the film");
    }

    @Test
    void badLine_refusesTheFileAndLeavesNoNewDataset() {
        ImportInteractionsResponse response =
                imported(into("refused"), Map.of("ratings.csv", RATINGS + "3,12,much,103\n"));

        assertThat(response.hasDataset()).isFalse();
        assertThat(response.getFilesList()).singleElement().satisfies(file -> {
            assertThat(file.getState()).isEqualTo(ImportedFile.State.STATE_REFUSED);
            assertThat(file.getProblemCount()).isEqualTo(1);
            assertThat(file.getProblems(0).getLine()).isEqualTo(5);
            assertThat(file.getProblems(0).getColumn()).isEqualTo("3");
            assertThat(file.getProblems(0).getReason()).contains("much");
        });
        assertThat(Failures.of(() -> get("refused")).code()).isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void badLineSkipped_importsTheRest() {
        ImportInteractionsResponse response = imported(
                into("skipped").toBuilder().setSkipBadLines(true).build(),
                Map.of("ratings.csv", RATINGS + "3,12,much,103\n"));

        assertThat(response.getFiles(0).getState()).isEqualTo(ImportedFile.State.STATE_IMPORTED);
        assertThat(response.getFiles(0).getProblemCount()).isEqualTo(1);
        assertThat(response.getDataset().getInteractionCount()).isEqualTo(3);
    }

    @Test
    void otherPolicyThanTheDatasets_isRefused() {
        create("sums", RepeatPolicy.REPEAT_POLICY_SUM);

        Failures failure = Failures.of(() -> imported(
                into("sums").toBuilder()
                        .setRepeatPolicy(RepeatPolicy.REPEAT_POLICY_LAST)
                        .build(),
                Map.of("ratings.csv", RATINGS)));

        assertThat(failure.code()).isEqualTo(Code.FAILED_PRECONDITION);
        assertThat(failure.reason()).isEqualTo("REPEAT_POLICY_DIFFERS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../ratings.csv", "a/ratings.csv", "a\\ratings.csv", ".hidden", "a\nb", "/etc/passwd"})
    void fileNameWithFolders_isRefused(String name) {
        Failures failure = Failures.of(() -> send(List.of(
                ImportInteractionsRequest.newBuilder().setOptions(into("names")).build(), file(name))));

        assertThat(failure.code()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(failure.fields()).containsExactly("file.name");
    }

    @Test
    void partsOutOfOrder_areRefused() {
        ImportInteractionsRequest options =
                ImportInteractionsRequest.newBuilder().setOptions(into("order")).build();
        ImportInteractionsRequest bytes = chunk(ByteString.copyFromUtf8("x"));

        assertThat(Failures.of(() -> send(List.of(file("a.csv")))).fields()).containsExactly("options");
        assertThat(Failures.of(() -> send(List.of(options, bytes))).fields()).containsExactly("chunk");
        assertThat(Failures.of(() -> send(List.of(options, options))).fields()).containsExactly("options");
        assertThat(Failures.of(() -> send(List.of(options))).fields()).containsExactly("file");
        assertThat(Failures.of(() -> send(List.of(options, file("a.csv"), file("a.csv"))))
                        .fields())
                .containsExactly("file.name");
        assertThat(Failures.of(() -> send(List.of(ImportInteractionsRequest.getDefaultInstance())))
                        .fields())
                .containsExactly("part");
    }

    @Test
    void upload_leavesNoFilesBehind() throws IOException {
        imported(into("clean"), Map.of("ratings.csv", RATINGS));
        Failures.of(() -> send(List.of(
                ImportInteractionsRequest.newBuilder().setOptions(into("clean")).build(),
                file("x.csv"),
                file("../x"))));

        Path uploads = server.home().resolve("uploads");
        try (Stream<Path> files = Files.list(uploads)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void upload_isLimited() throws IOException {
        try (TestServer small = TestServer.start(
                Files.createTempDirectory("latent-server-test-"), Map.of("interactions.import-limit", "10"))) {
            TestServer usual = server;
            server = small;
            try {
                Failures failure = Failures.of(() -> imported(into("large"), Map.of("ratings.csv", RATINGS)));
                assertThat(failure.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
                assertThat(failure.reason()).isEqualTo("UPLOAD_TOO_LARGE");
            } finally {
                server = usual;
            }
        }
    }
}
