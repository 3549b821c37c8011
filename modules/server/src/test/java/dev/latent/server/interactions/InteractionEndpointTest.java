package dev.latent.server.interactions;

import static dev.latent.server.TestServer.interaction;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.latent.server.Failures;
import dev.latent.server.TestServer;
import dev.latent.server.WriteCalls;
import dev.latent.v1.CreateDatasetRequest;
import dev.latent.v1.Dataset;
import dev.latent.v1.DeleteUserRequest;
import dev.latent.v1.Interaction;
import dev.latent.v1.ReadInteractionsRequest;
import dev.latent.v1.ReadInteractionsResponse;
import dev.latent.v1.RecommendRequest;
import dev.latent.v1.RecommendResponse;
import dev.latent.v1.Recommendation;
import io.grpc.Status.Code;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InteractionEndpointTest {

    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start();
        for (String dataset : List.of("films", "books")) {
            server.datasets()
                    .createDataset(CreateDatasetRequest.newBuilder()
                            .setDataset(Dataset.newBuilder().setName(dataset))
                            .build());
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<Interaction> read(String user) {
        return server.interactions()
                .readInteractions(ReadInteractionsRequest.newBuilder()
                        .setDataset("films")
                        .setUserId(user)
                        .build())
                .getInteractionsList();
    }

    @Test
    void interaction_isReadAsWritten() {
        Interaction written = Interaction.newBuilder()
                .setUserId("full")
                .setItemId("heat")
                .setValue(0)
                .setTime(Timestamp.newBuilder().setSeconds(12_345))
                .setType("view")
                .build();

        WriteCalls.write(server.channel(), "films", List.of(written));

        assertThat(read("full")).containsExactly(written);
    }

    @Test
    void absentFields_haveTheirDefaults() {
        long before = Instant.now().getEpochSecond();

        WriteCalls.write(server.channel(), "films", List.of(interaction("bare", "heat")));

        assertThat(read("bare")).singleElement().satisfies(read -> {
            assertThat(read.getValue()).isEqualTo(1);
            assertThat(read.getType()).isEqualTo("rating");
            assertThat(read.getTime().getSeconds())
                    .isBetween(before, Instant.now().getEpochSecond());
        });
    }

    @Test
    void manyRequests_areAcknowledgedInOrderUpToTheLast() {
        WriteCalls calls = new WriteCalls(server.channel());
        for (int sequence = 1; sequence <= 500; sequence++) {
            calls.send(sequence % 3 == 0 ? "books" : "films", sequence, List.of(interaction("many", "i" + sequence)));
        }
        calls.complete();
        calls.awaitEnd();

        assertThat(calls.acknowledged()).isSorted().doesNotHaveDuplicates().endsWith(500L);
        List<String> expected = IntStream.rangeClosed(1, 500)
                .filter(sequence -> sequence % 3 != 0)
                .mapToObj(sequence -> "i" + sequence)
                .toList();
        assertThat(read("many")).extracting(Interaction::getItemId).containsExactlyElementsOf(expected);
    }

    @Test
    void acknowledgedInteractions_surviveARestart() throws IOException {
        TestServer first = TestServer.start();
        first.createDataset("kept", 3, 5);
        first.close();

        try (TestServer second = TestServer.start(first.root(), Map.of())) {
            assertThat(second.interactions()
                            .readInteractions(ReadInteractionsRequest.newBuilder()
                                    .setDataset("kept")
                                    .setUserId("u1")
                                    .build())
                            .getInteractionsCount())
                    .isEqualTo(3);
        }
    }

    @Test
    void openStreams_endWithTheServerOnceTheirWritesAreAcknowledged() throws IOException {
        TestServer stopping = TestServer.start();
        stopping.createDataset("films", 1, 3);
        WriteCalls calls = new WriteCalls(stopping.channel());
        for (int sequence = 1; sequence <= 50; sequence++) {
            calls.send("films", sequence, List.of(interaction("late", "i" + sequence)));
        }
        while (calls.acknowledged().isEmpty()) {
            Thread.onSpinWait();
        }
        long start = System.nanoTime();

        stopping.closeServer();

        Failures failure = Failures.of(calls.failure());
        assertThat(failure.code()).isEqualTo(Code.UNAVAILABLE);
        assertThat(failure.reason()).isEqualTo("SERVER_STOPPING");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        stopping.close();
        try (TestServer again = TestServer.start(stopping.root(), Map.of())) {
            int stored = again.interactions()
                    .readInteractions(ReadInteractionsRequest.newBuilder()
                            .setDataset("films")
                            .setUserId("late")
                            .build())
                    .getInteractionsCount();
            assertThat(stored)
                    .isGreaterThanOrEqualTo(calls.acknowledged().getLast().intValue());
        }
    }

    @Test
    void malformedInteraction_endsTheStreamButKeepsWhatWasAcknowledged() {
        WriteCalls calls = new WriteCalls(server.channel());
        calls.send("films", 1, List.of(interaction("kept", "a")));
        calls.send(
                "films",
                2,
                List.of(
                        interaction("kept", "b"),
                        interaction("", "b"),
                        Interaction.newBuilder()
                                .setUserId("kept")
                                .setItemId("b")
                                .setValue(Float.NaN)
                                .build()));

        Failures failure = Failures.of(calls.failure());

        assertThat(failure.code()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(failure.fields()).containsExactly("interactions[1].user_id", "interactions[2].value");
        assertThat(calls.acknowledged()).containsExactly(1L);
        assertThat(read("kept")).extracting(Interaction::getItemId).containsExactly("a");
    }

    @Test
    void everyInteractionMalformed_isToldWithinTheLimitsOfHeaders() {
        WriteCalls calls = new WriteCalls(server.channel());
        calls.send("films", 1, java.util.Collections.nCopies(10_000, interaction("", "b")));

        Failures failure = Failures.of(calls.failure());

        assertThat(failure.code()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(failure.fields()).contains("interactions[0].user_id");
    }

    @Test
    void sequenceThatDoesNotGrow_isRefused() {
        WriteCalls calls = new WriteCalls(server.channel());
        calls.send("films", 7, List.of(interaction("seq", "a")));
        calls.send("films", 7, List.of(interaction("seq", "b")));

        Failures failure = Failures.of(calls.failure());

        assertThat(failure.fields()).containsExactly("sequence");
        assertThat(failure.message()).contains("7");
    }

    @Test
    void unknownDataset_isNotFoundWithNextStep() {
        WriteCalls calls = new WriteCalls(server.channel());
        calls.send("nowhere", 1, List.of(interaction("u", "a")));

        Failures failure = Failures.of(calls.failure());

        assertThat(failure.code()).isEqualTo(Code.NOT_FOUND);
        assertThat(failure.message()).contains("nowhere").contains("create");
    }

    @Test
    void tooManyInteractions_areRefused() {
        WriteCalls calls = new WriteCalls(server.channel());
        calls.send("films", 1, java.util.Collections.nCopies(10_001, interaction("u", "b")));

        assertThat(Failures.of(calls.failure()).fields()).containsExactly("interactions");
    }

    @Test
    void emptyRequest_isAcknowledged() {
        WriteCalls calls = new WriteCalls(server.channel());
        calls.send("films", 3, List.of());
        calls.complete();
        calls.awaitEnd();

        assertThat(calls.acknowledged()).containsExactly(3L);
    }

    @Test
    void history_comesInPages() {
        List<Interaction> written = IntStream.range(0, 25)
                .mapToObj(n -> interaction("pages", "i" + n))
                .toList();
        WriteCalls.write(server.channel(), "films", written);

        List<String> read = new ArrayList<>();
        ReadInteractionsResponse page = ReadInteractionsResponse.getDefaultInstance();
        do {
            page = server.interactions()
                    .readInteractions(ReadInteractionsRequest.newBuilder()
                            .setDataset("films")
                            .setUserId("pages")
                            .setPageSize(10)
                            .setPageToken(page.getNextPageToken())
                            .build());
            page.getInteractionsList().forEach(interaction -> read.add(interaction.getItemId()));
        } while (!page.getNextPageToken().isEmpty());

        assertThat(read)
                .containsExactlyElementsOf(
                        written.stream().map(Interaction::getItemId).toList());
    }

    @Test
    void pageTokenOfAnotherUser_isRefused() {
        WriteCalls.write(
                server.channel(),
                "films",
                List.of(interaction("token", "a"), interaction("token", "b"), interaction("other", "a")));
        String token = server.interactions()
                .readInteractions(ReadInteractionsRequest.newBuilder()
                        .setDataset("films")
                        .setUserId("token")
                        .setPageSize(1)
                        .build())
                .getNextPageToken();

        Failures failure = Failures.of(() -> server.interactions()
                .readInteractions(ReadInteractionsRequest.newBuilder()
                        .setDataset("films")
                        .setUserId("other")
                        .setPageToken(token)
                        .build()));

        assertThat(failure.fields()).containsExactly("page_token");
    }

    @Test
    void deletedUser_isUnknown() {
        WriteCalls.write(server.channel(), "films", List.of(interaction("leaver", "a")));
        DeleteUserRequest delete = DeleteUserRequest.newBuilder()
                .setDataset("films")
                .setUserId("leaver")
                .build();

        assertThat(server.interactions().deleteUser(delete).getDeleted()).isTrue();

        assertThat(Failures.of(() -> read("leaver")).code()).isEqualTo(Code.NOT_FOUND);
        assertThat(server.interactions().deleteUser(delete).getDeleted()).isFalse();
    }

    private static RecommendResponse recommend(String user) {
        return server.recommender()
                .recommend(RecommendRequest.newBuilder()
                        .setModel("served")
                        .setUserId(user)
                        .setK(100)
                        .build());
    }

    @Test
    void writesAndDeletions_areKnownToTheNextRecommendation() {
        server.createDataset("watched", 20, 10);
        server.trainAndPromote("served", "watched");
        assertThat(recommend("u1").getFoldedIn()).isFalse();
        assertThat(recommend("newcomer").getFallback()).isEqualTo("unknown_user");
        String next = recommend("u1").getRecommendations(0).getItemId();

        WriteCalls.write(server.channel(), "watched", List.of(interaction("u1", next), interaction("newcomer", next)));

        assertThat(recommend("u1").getFoldedIn()).isTrue();
        assertThat(recommend("u1").getRecommendationsList())
                .extracting(Recommendation::getItemId)
                .isNotEmpty()
                .doesNotContain(next);
        assertThat(recommend("newcomer").getFallback()).isEmpty();

        server.interactions()
                .deleteUser(DeleteUserRequest.newBuilder()
                        .setDataset("watched")
                        .setUserId("newcomer")
                        .build());

        assertThat(recommend("newcomer").getFallback()).isEqualTo("unknown_user");
    }
}
