package dev.latent.server.serving;

import static dev.latent.server.serving.RecommenderCalls.ids;
import static dev.latent.server.serving.RecommenderCalls.request;
import static dev.latent.server.serving.ServingFixture.DATASET;
import static dev.latent.server.serving.ServingFixture.MODEL;
import static dev.latent.server.serving.ServingFixture.RIDGE;
import static dev.latent.server.serving.ServingFixture.id;
import static dev.latent.server.serving.ServingFixture.liked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.rpc.BadRequest;
import dev.latent.interactions.ItemRecord;
import dev.latent.spi.FoldIn;
import dev.latent.v1.BatchRecommendRequest;
import dev.latent.v1.BatchRecommendResponse;
import dev.latent.v1.History;
import dev.latent.v1.Interaction;
import dev.latent.v1.ItemFilter;
import dev.latent.v1.RecommendRequest;
import dev.latent.v1.RecommendResponse;
import dev.latent.v1.Recommendation;
import dev.latent.v1.RecommenderServiceGrpc.RecommenderServiceBlockingStub;
import dev.latent.v1.ScoreRequest;
import dev.latent.v1.ScoreResponse;
import dev.latent.v1.SimilarItemsRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
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

    private RecommenderCalls calls;
    private ServingFixture fixture;
    private RecommenderServiceBlockingStub stub;

    @BeforeEach
    void start() throws Exception {
        calls = new RecommenderCalls(home);
        fixture = calls.fixture();
        stub = calls.stub();
    }

    @AfterEach
    void stop() throws Exception {
        calls.close();
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
    void recommend_lawThatFollowsTheLatestInteractions_readsTheirTimes() throws Exception {
        FoldIn.WeightedRidge recent = new FoldIn.WeightedRidge((FoldIn.Ridge) RIDGE, 0, 1, false, false, 0.25);
        fixture.promote(fixture.publish(2, recent));
        fixture.write(at("up", 0, 100), at("up", 6, 200), at("down", 0, 200), at("down", 6, 100));
        assertThat(ids(stub.recommend(request("up").setK(3).build()))).containsExactly(id(5), id(7), id(8));
        assertThat(ids(stub.recommend(request("down").setK(3).build()))).containsExactly(id(1), id(2), id(3));
    }

    private static dev.latent.interactions.Interaction at(String user, int item, long time) {
        return new dev.latent.interactions.Interaction(user, id(item), 5, time, "rating");
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
                fixture.serving, new Recommender(fixture.interactions, fixture.serving), calls.scans(), options);

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

    private static void assertCode(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, Status.Code code, String text) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(code))
                .hasMessageContaining(text);
    }
}
