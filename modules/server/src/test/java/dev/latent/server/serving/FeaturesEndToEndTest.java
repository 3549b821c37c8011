package dev.latent.server.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.server.TestServer;
import dev.latent.v1.Item;
import dev.latent.v1.ItemFilter;
import dev.latent.v1.PutItemsRequest;
import dev.latent.v1.PutUsersRequest;
import dev.latent.v1.RecommendRequest;
import dev.latent.v1.RecommendResponse;
import dev.latent.v1.Recommendation;
import dev.latent.v1.User;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From records through a training to answers, over gRPC on a whole server. */
class FeaturesEndToEndTest {

    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = TestServer.start();
        server.createDataset("films", 12, 8);
        putItems(IntStream.range(0, 8)
                .mapToObj(number -> item("i" + number, number % 2 == 0 ? "Even" : "Odd"))
                .toArray(Item[]::new));
        putUsers(IntStream.range(0, 12)
                .mapToObj(number -> user("u" + number, number % 3 == 0 ? "child" : "adult"))
                .toArray(User[]::new));
        server.trainAndPromote("tastes", "films");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void itemUploadedWhileTheModelServes_isRecommendedWithoutTraining() {
        assertThat(recommend("u1", "Even")).doesNotContain("new");

        putItems(item("new", "Even"), item("unplaced", "Never seen"));

        assertThat(recommend("u1", "Even")).contains("new").doesNotContain("unplaced");
        assertThat(recommend("u1", "Odd")).doesNotContain("new");
        assertThat(recommend("u1", "Never seen")).isEmpty();

        putItems(item("new", "Odd"));
        assertThat(recommend("u1", "Even")).doesNotContain("new");
        assertThat(recommend("u1", "Odd")).contains("new");
    }

    @Test
    void userOfWhomOnlyARecordIsKnown_isAnsweredByIt() {
        assertThat(response("nobody").getFallback()).isEqualTo("unknown_user");

        putUsers(user("nobody", "child"));

        assertThat(response("nobody").getFallback()).isEmpty();
        assertThat(response("nobody").getFromFeatures()).isTrue();
        assertThat(response("u1").getFromFeatures()).isFalse();
    }

    private static Item item(String id, String category) {
        return Item.newBuilder().setId(id).addCategories(category).build();
    }

    private static User user(String id, String age) {
        return User.newBuilder().setId(id).putAttributes("age", age).build();
    }

    private void putItems(Item... items) {
        server.datasets()
                .putItems(PutItemsRequest.newBuilder()
                        .setDataset("films")
                        .addAllItems(List.of(items))
                        .build());
    }

    private void putUsers(User... users) {
        server.datasets()
                .putUsers(PutUsersRequest.newBuilder()
                        .setDataset("films")
                        .addAllUsers(List.of(users))
                        .build());
    }

    private List<String> recommend(String user, String category) {
        return server
                .recommender()
                .recommend(RecommendRequest.newBuilder()
                        .setModel("tastes")
                        .setUserId(user)
                        .setK(100)
                        .setExcludeSeen(false)
                        .setFilter(ItemFilter.newBuilder().addCategories(category))
                        .build())
                .getRecommendationsList()
                .stream()
                .map(Recommendation::getItemId)
                .toList();
    }

    private RecommendResponse response(String user) {
        return server.recommender()
                .recommend(RecommendRequest.newBuilder()
                        .setModel("tastes")
                        .setUserId(user)
                        .build());
    }
}
