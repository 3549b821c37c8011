package dev.latent.server.serving;

import static dev.latent.server.serving.RecommenderCalls.ids;
import static dev.latent.server.serving.RecommenderCalls.request;
import static dev.latent.server.serving.ServingFixture.DATASET;
import static dev.latent.server.serving.ServingFixture.MODEL;
import static dev.latent.server.serving.ServingFixture.RIDGE;
import static dev.latent.server.serving.ServingFixture.id;
import static dev.latent.server.serving.ServingFixture.liked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.interactions.ItemRecord;
import dev.latent.interactions.UserRecord;
import dev.latent.v1.ItemFilter;
import dev.latent.v1.RecommendResponse;
import dev.latent.v1.Recommendation;
import dev.latent.v1.RecommenderServiceGrpc.RecommenderServiceBlockingStub;
import dev.latent.v1.ScoreRequest;
import dev.latent.v1.ScoreResponse;
import dev.latent.v1.SimilarItemsRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users and items of whom a version knows nothing but features. */
class RecommenderFeaturesTest {

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
}
