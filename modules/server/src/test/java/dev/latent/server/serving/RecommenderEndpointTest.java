package dev.latent.server.serving;

import static dev.latent.server.serving.ServingFixture.DATASET;
import static dev.latent.server.serving.ServingFixture.MODEL;
import static dev.latent.server.serving.ServingFixture.RIDGE;
import static dev.latent.server.serving.ServingFixture.id;
import static dev.latent.server.serving.ServingFixture.liked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.rpc.BadRequest;
import dev.latent.interactions.ItemRecord;
import dev.latent.interactions.UserRecord;
import dev.latent.server.errors.ErrorInterceptor;
import dev.latent.spi.FoldIn;
import dev.latent.v1.BatchRecommendRequest;
import dev.latent.v1.BatchRecommendResponse;
import dev.latent.v1.History;
import dev.latent.v1.Interaction;
import dev.latent.v1.ItemFilter;
import dev.latent.v1.RecommendRequest;
import dev.latent.v1.RecommendResponse;
import dev.latent.v1.Recommendation;
import dev.latent.v1.RecommenderServiceGrpc;
import dev.latent.v1.RecommenderServiceGrpc.RecommenderServiceBlockingStub;
import dev.latent.v1.ScoreRequest;
import dev.latent.v1.ScoreResponse;
import dev.latent.v1.SimilarItemsRequest;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecommenderEndpointTest {

    @TempDir
    private Path home;

    private ServingFixture fixture;
    private ScanPool scans;
    private Server server;
    private ManagedChannel channel;
    private RecommenderServiceBlockingStub stub;

    @BeforeEach
    void start() throws Exception {
        fixture = new ServingFixture(home);
        fixture.promote(fixture.publish(1, RIDGE));
        scans = new ScanPool();
        // A cost of 0 sends every search to the pool, so that both ways to answer are used by the tests.
        ServingOptions options = new ServingOptions(100, Duration.ZERO, 0);
        Recommender recommender = new Recommender(fixture.interactions, fixture.serving);
        String name = InProcessServerBuilder.generateName();
        server = InProcessServerBuilder.forName(name)
                .intercept(new ErrorInterceptor())
                .addService(new RecommenderEndpoint(fixture.serving, recommender, scans, options))
                .build()
                .start();
        channel = InProcessChannelBuilder.forName(name).build();
        stub = RecommenderServiceGrpc.newBlockingStub(channel);
    }

    @AfterEach
    void stop() throws Exception {
        channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        scans.close();
        fixture.close();
    }

    @Test
    void recommend_trainedUser_getsTheBestUnseenAvailableItems() {
        RecommendResponse response =
                stub.recommend(request("kid").setK(3).setIncludeTitles(true).build());
        assertThat(ids(response)).containsExactly(id(1), id(2), id(3));
        assertThat(response.getRecommendations(0).getTitle()).isEqualTo("Film 1");
        assertThat(response.getRecommendations(0).getScore()).isEqualTo(9f);
        assertThat(response.getVersion()).isEqualTo("films@1");
        assertThat(response.getFallback()).isEmpty();
        assertThat(response.getFoldedIn()).isFalse();
    }

    @Test
    void recommend_anyK_returnsExactlyMinOfKAndEligible() {
        // Item 0 is seen by kid and item 9 is not available: eight are eligible.
        assertThat(ids(stub.recommend(request("kid").build()))).hasSize(8);
        assertThat(ids(stub.recommend(request("kid").setK(Integer.MAX_VALUE).build())))
                .hasSize(8);
        assertThat(ids(stub.recommend(request("kid").setK(1).build()))).hasSize(1);
        assertThat(ids(stub.recommend(request("kid").setExcludeSeen(false).build())))
                .hasSize(9)
                .startsWith(id(0));
    }

    /** Learnt were Children = (1.5, 0) and Action = (0, 2); user kid is (1, 0). */
    @Test
    void recommend_itemThatCameAfterTraining_isScoredByItsCategories() throws Exception {
        fixture.interactions.putItems(
                DATASET,
                List.of(
                        ItemRecord.of("new-both", "New both", "Children", "Action"),
                        ItemRecord.of("new-kids", "New kids", "Children"),
                        ItemRecord.of("new-noir", "New noir", "Noir"),
                        new ItemRecord("new-sold-out", "Sold out", List.of("Children"), Map.of(), false)));
        fixture.promote(fixture.publish(1, RIDGE));
        RecommendResponse all = stub.recommend(request("kid").setK(100).build());
        assertThat(ids(all)).hasSize(10).contains("new-both", "new-kids").doesNotContain("new-noir", "new-sold-out");
        assertThat(all.getRecommendations(4).getItemId()).isEqualTo("new-both");
        assertThat(all.getRecommendations(4).getScore()).isEqualTo(1.5f);
        assertThat(ids(stub.recommend(request("kid").setK(9).build()))).hasSize(9);
        ItemFilter onlyNew =
                ItemFilter.newBuilder().addAllowedItemIds("new-kids").build();
        assertThat(ids(stub.recommend(request("fan").setFilter(onlyNew).build())))
                .containsExactly("new-kids");
        fixture.write(liked("fan", 0), new dev.latent.interactions.Interaction("fan", "new-kids", 5, 100, "rating"));
        assertThat(ids(stub.recommend(request("fan").setK(100).build())))
                .hasSize(8)
                .doesNotContain("new-kids");
    }

    /** No version is promoted and nothing is restarted: the request after the upload sees the items. */
    @Test
    void recommend_itemsUploadedWhileAVersionServes_areThereAtOnce() {
        upload(ItemRecord.of("new-kids", "New kids", "Children"), ItemRecord.of("new-noir", "New noir", "Noir"));

        assertThat(ids(stub.recommend(request("kid").setK(100).build())))
                .hasSize(9)
                .contains("new-kids")
                .doesNotContain("new-noir");
        ItemFilter children = ItemFilter.newBuilder().addCategories("Children").build();
        assertThat(ids(stub.recommend(
                        request("kid").setK(100).setFilter(children).build())))
                .containsExactly(id(1), id(2), id(3), id(4), "new-kids");
        assertThat(similarTo("new-kids")).contains(id(0), id(1)).doesNotContain("new-kids");
        assertThat(score("kid", "new-kids")).isEqualTo(1.5f);

        upload(ItemRecord.of("new-kids", "New kids", "Children", "Action"), ItemRecord.of("a-new-fight", "", "Action"));
        assertThat(score("fan", "new-kids")).isEqualTo(2f);
        assertThat(score("fan", "a-new-fight")).isEqualTo(2f);

        upload(new ItemRecord("new-kids", "New kids", List.of("Children"), Map.of(), false));
        assertThat(ids(stub.recommend(request("kid").setK(100).build())))
                .contains("a-new-fight")
                .doesNotContain("new-kids");
    }

    @Test
    void recommend_userOfANewItem_isFoldedInFromItsFeatures() {
        fixture.write(new dev.latent.interactions.Interaction("new", "new-kids", 5, 100, "rating"));
        assertThat(stub.recommend(request("new").build()).getFallback()).isEqualTo("unknown_user");

        upload(ItemRecord.of("new-kids", "New kids", "Children"));

        RecommendResponse response = stub.recommend(request("new").setK(2).build());
        assertThat(response.getFoldedIn()).isTrue();
        assertThat(ids(response)).containsExactly(id(0), id(1));
    }

    /** As the endpoint does. */
    private void upload(ItemRecord... items) {
        fixture.interactions.putItems(DATASET, List.of(items));
        fixture.changes.itemsChanged(DATASET);
    }

    private List<String> similarTo(String item) {
        return stub
                .similarItems(SimilarItemsRequest.newBuilder()
                        .setModel(MODEL)
                        .setItemId(item)
                        .setK(5)
                        .build())
                .getItemsList()
                .stream()
                .map(Recommendation::getItemId)
                .toList();
    }

    private float score(String user, String item) {
        ScoreResponse response = stub.score(ScoreRequest.newBuilder()
                .setModel(MODEL)
                .setUserId(user)
                .addItemIds(item)
                .build());
        assertThat(response.getScores(0).getKnown()).isTrue();
        return response.getScores(0).getScore();
    }

    @Test
    void recommend_filtersTogether_allHold() {
        ItemFilter filter = ItemFilter.newBuilder()
                .addAllAllowedItemIds(List.of(id(1), id(2), id(6), id(7), "unheard-of"))
                .addDeniedItemIds(id(1))
                .addDeniedItemIds("unheard-of")
                .addCategories("Children")
                .build();
        assertThat(ids(stub.recommend(request("kid").setFilter(filter).build())))
                .containsExactly(id(2));
        ItemFilter none = ItemFilter.newBuilder().addCategories("Western").build();
        assertThat(ids(stub.recommend(request("kid").setFilter(none).build()))).isEmpty();
    }

    @Test
    void recommend_unknownUser_getsTheMostPopularWithTheReason() {
        RecommendResponse response = stub.recommend(request("nobody").setK(3).build());
        assertThat(response.getFallback()).isEqualTo("unknown_user");
        // Popularity 10, 9, 8, 7 for items 9 (not available), 2, 7, 6.
        assertThat(ids(response)).containsExactly(id(2), id(7), id(6));
        assertThat(fixture.events.heard()).contains("fallback unknown_user");
    }

    @Test
    void recommend_unknownUserOfAModelWithoutFallback_isNotFound() {
        fixture.models.update(
                fixture.models.get(MODEL).withFallback(ModelSlots.FALLBACK_NOT_FOUND), java.util.OptionalLong.empty());
        fixture.serving.modelChanged(MODEL);
        assertCode(() -> stub.recommend(request("nobody").build()), Status.Code.NOT_FOUND, "nobody");
    }

    /** Learnt were child = (3, 0) with a bias of 0.5 and adult = (0, 1). */
    @Test
    void recommend_userOfWhomOnlyFeaturesAreKnown_isPlacedByThem() {
        assertThat(stub.recommend(request("new").build()).getFallback()).isEqualTo("unknown_user");

        describe("new", "child");
        RecommendResponse child = stub.recommend(request("new").setK(2).build());
        assertThat(child.getFallback()).isEmpty();
        assertThat(child.getFromFeatures()).isTrue();
        assertThat(child.getFoldedIn()).isFalse();
        assertThat(ids(child)).containsExactly(id(0), id(1));
        assertThat(child.getRecommendations(0).getScore()).isEqualTo(30.5f);
        assertThat(score("new", id(1))).isEqualTo(27.5f);

        describe("new", "adult");
        assertThat(ids(stub.recommend(request("new").setK(2).build()))).containsExactly(id(5), id(6));

        describe("new", "nothing learnt");
        assertThat(stub.recommend(request("new").build()).getFallback()).isEqualTo("unknown_user");

        describe("new", "adult");
        fixture.write(liked("new", 0));
        RecommendResponse folded = stub.recommend(request("new").setK(1).build());
        assertThat(folded.getFromFeatures()).isFalse();
        assertThat(folded.getFoldedIn()).isTrue();
        assertThat(ids(folded)).containsExactly(id(1));
    }

    @Test
    void recommend_deletedUserWithARecord_isUnknown() {
        describe("new", "child");
        assertThat(fixture.interactions.deleteUser(DATASET, "new")).isTrue();
        fixture.changes.userChanged(DATASET, "new");
        assertThat(stub.recommend(request("new").build()).getFallback()).isEqualTo("unknown_user");
    }

    /** As the endpoint does. */
    private void describe(String user, String age) {
        fixture.interactions.putUsers(DATASET, List.of(new UserRecord(user, List.of("Guest"), Map.of("age", age))));
        fixture.changes.userChanged(DATASET, user);
    }

    @Test
    void recommend_userWhoCameAfterTraining_isFoldedInFromTheStore() {
        assertThat(stub.recommend(request("new").build()).getFallback()).isEqualTo("unknown_user");
        fixture.write(liked("new", 6));

        RecommendResponse response = stub.recommend(request("new").setK(3).build());
        assertThat(response.getFallback()).isEmpty();
        assertThat(response.getFoldedIn()).isTrue();
        assertThat(ids(response)).containsExactly(id(5), id(7), id(8));
        assertThat(fixture.events.heard()).contains("folded in");
    }

    @Test
    void recommend_trainedUserWithNewInteractions_isFoldedIn() {
        fixture.write(liked("kid", 5), liked("kid", 6), liked("kid", 7));
        RecommendResponse response = stub.recommend(request("kid").setK(9).build());
        assertThat(response.getFoldedIn()).isTrue();
        assertThat(ids(response)).hasSize(5).doesNotContain(id(0), id(5), id(6), id(7));
    }

    @Test
    void recommend_deletedUser_isUnknown() {
        assertThat(fixture.interactions.deleteUser(DATASET, "kid")).isTrue();
        fixture.changes.userChanged(DATASET, "kid");
        assertThat(stub.recommend(request("kid").build()).getFallback()).isEqualTo("unknown_user");
    }

    @Test
    void recommend_versionWithoutFoldIn_saysSo() throws Exception {
        fixture.promote(fixture.publish(2, new FoldIn.None()));
        fixture.write(liked("new", 6), liked("kid", 1));
        assertThat(stub.recommend(request("new").build()).getFallback()).isEqualTo("no_fold_in");
        RecommendResponse trained = stub.recommend(request("kid").build());
        assertThat(trained.getFallback()).isEmpty();
        assertThat(ids(trained)).startsWith(id(2)).doesNotContain(id(0), id(1));
    }

    @Test
    void recommend_typeThatWasNotTrainedOn_isSeenButNotFoldedIn() throws Exception {
        fixture.promote(fixture.publish(2, RIDGE, Map.of("rating", 1f)));
        fixture.write(new dev.latent.interactions.Interaction("new", id(5), 1, 100, "view"));
        assertThat(stub.recommend(request("new").build()).getFallback()).isEqualTo("unknown_user");
        fixture.write(liked("new", 0));
        RecommendResponse response = stub.recommend(request("new").setK(9).build());
        assertThat(response.getFoldedIn()).isTrue();
        assertThat(ids(response)).startsWith(id(1)).doesNotContain(id(0), id(5));
    }

    @Test
    void recommend_historyOfAVisitor_isFoldedInAndNotStored() {
        RecommendResponse response = stub.recommend(RecommendRequest.newBuilder()
                .setModel(MODEL)
                .setHistory(History.newBuilder()
                        .addInteractions(Interaction.newBuilder().setItemId(id(0)))
                        .addInteractions(Interaction.newBuilder().setItemId("unheard-of")))
                .setK(2)
                .build());
        assertThat(ids(response)).containsExactly(id(1), id(2));
        assertThat(response.getFoldedIn()).isTrue();
    }

    @Test
    void recommend_itemBecomesUnavailable_isNotRecommendedAnyMore() {
        fixture.interactions.putItems(
                DATASET, List.of(new ItemRecord(id(1), "Film 1", List.of("Children"), Map.of(), false)));
        fixture.changes.itemsChanged(DATASET);
        assertThat(ids(stub.recommend(request("kid").setK(2).build()))).containsExactly(id(2), id(3));
    }

    @Test
    void recommend_malformedRequest_namesEveryField() {
        RecommendRequest request = RecommendRequest.newBuilder()
                .setModel("Not A Model")
                .setK(-1)
                .setAlias("../x")
                .build();
        assertThatThrownBy(() -> stub.recommend(request)).isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
            assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            BadRequest details = Objects.requireNonNull(StatusProto.fromThrowable(e)).getDetailsList().stream()
                    .filter(detail -> detail.is(BadRequest.class))
                    .map(RecommenderEndpointTest::unpack)
                    .findFirst()
                    .orElseThrow();
            assertThat(details.getFieldViolationsList())
                    .extracting(BadRequest.FieldViolation::getField)
                    .containsExactlyInAnyOrder("model", "subject", "k", "alias");
        });
    }

    private static BadRequest unpack(com.google.protobuf.Any detail) {
        try {
            return detail.unpack(BadRequest.class);
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void recommend_whatMayReadTheStore_leavesTheThreadOfTheNetwork() throws Exception {
        ServingOptions options = new ServingOptions(100, Duration.ZERO, Long.MAX_VALUE);
        RecommenderEndpoint endpoint = new RecommenderEndpoint(
                fixture.serving, new Recommender(fixture.interactions, fixture.serving), scans, options);

        assertThat(threadThatAnswers(endpoint, request("kid").build())).startsWith("scan-");
        assertThat(threadThatAnswers(endpoint, request("kid").build()))
                .isEqualTo(Thread.currentThread().getName());
        assertThat(threadThatAnswers(
                        endpoint, request("kid").setIncludeTitles(true).build()))
                .startsWith("scan-");
        fixture.write(liked("kid", 1));
        assertThat(threadThatAnswers(endpoint, request("kid").build())).startsWith("scan-");
    }

    private static String threadThatAnswers(RecommenderEndpoint endpoint, RecommendRequest request) throws Exception {
        CompletableFuture<String> thread = new CompletableFuture<>();
        endpoint.recommend(request, new StreamObserver<>() {
            @Override
            public void onNext(RecommendResponse response) {
                thread.complete(Thread.currentThread().getName());
            }

            @Override
            public void onError(Throwable cause) {
                thread.completeExceptionally(cause);
            }

            @Override
            public void onCompleted() {}
        });
        return thread.get(10, TimeUnit.SECONDS);
    }

    @Test
    void batchRecommend_oneBadRequest_doesNotFailTheOthers() {
        BatchRecommendResponse response = stub.batchRecommend(BatchRecommendRequest.newBuilder()
                .addRequests(request("kid").setK(1))
                .addRequests(request("kid").setModel("nothing"))
                .addRequests(request("fan").setK(1))
                .build());
        assertThat(ids(response.getResults(0).getResponse())).containsExactly(id(1));
        assertThat(response.getResults(1).getError().getCode()).isEqualTo(Status.Code.NOT_FOUND.value());
        assertThat(ids(response.getResults(2).getResponse())).containsExactly(id(6));
    }

    @Test
    void similarItems_anItem_getsItsNeighboursWithCosines() {
        List<Recommendation> similar = stub.similarItems(SimilarItemsRequest.newBuilder()
                        .setModel(MODEL)
                        .setItemId(id(3))
                        .setK(4)
                        .setIncludeTitles(true)
                        .build())
                .getItemsList();
        assertThat(similar).extracting(Recommendation::getItemId).containsExactly(id(0), id(1), id(2), id(4));
        assertThat(similar).extracting(Recommendation::getScore).allMatch(score -> Math.abs(score - 1) < 1e-6);
        assertCode(
                () -> stub.similarItems(SimilarItemsRequest.newBuilder()
                        .setModel(MODEL)
                        .setItemId("unheard-of")
                        .build()),
                Status.Code.NOT_FOUND,
                "unheard-of");
    }

    @Test
    void score_knownAndUnknownItems_keepsTheOrderOfTheRequest() {
        ScoreResponse response = stub.score(ScoreRequest.newBuilder()
                .setModel(MODEL)
                .setUserId("kid")
                .addItemIds(id(1))
                .addItemIds("unheard-of")
                .addItemIds(id(0))
                .build());
        assertThat(response.getScoresList())
                .extracting(score -> score.getItemId() + score.getKnown() + score.getScore())
                .containsExactly("i1true9.0", "unheard-offalse0.0", "i0true10.0");
    }

    private static RecommendRequest.Builder request(String user) {
        return RecommendRequest.newBuilder().setModel(MODEL).setUserId(user);
    }

    private static List<String> ids(RecommendResponse response) {
        return response.getRecommendationsList().stream()
                .map(Recommendation::getItemId)
                .toList();
    }

    private static void assertCode(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, Status.Code code, String text) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(code))
                .hasMessageContaining(text);
    }
}
