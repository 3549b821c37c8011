package dev.latent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.v1.AlgorithmServiceGrpc;
import dev.latent.v1.BatchGetItemsRequest;
import dev.latent.v1.BatchGetItemsResponse;
import dev.latent.v1.DatasetServiceGrpc;
import dev.latent.v1.GetModelRequest;
import dev.latent.v1.GetModelResponse;
import dev.latent.v1.Item;
import dev.latent.v1.ItemScore;
import dev.latent.v1.ListModelVersionsRequest;
import dev.latent.v1.ListModelVersionsResponse;
import dev.latent.v1.ListPluginsRequest;
import dev.latent.v1.ListPluginsResponse;
import dev.latent.v1.Model;
import dev.latent.v1.ModelServiceGrpc;
import dev.latent.v1.ModelVersion;
import dev.latent.v1.Plugin;
import dev.latent.v1.RecommendRequest;
import dev.latent.v1.RecommendResponse;
import dev.latent.v1.Recommendation;
import dev.latent.v1.RecommenderServiceGrpc;
import dev.latent.v1.ScoreRequest;
import dev.latent.v1.ScoreResponse;
import dev.latent.v1.SimilarItemsRequest;
import dev.latent.v1.SimilarItemsResponse;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What scripts read, word for word. */
class JsonShapesTest {

    private final Recommender recommender = new Recommender();
    private final Models models = new Models();
    private final CommandLineHarness latent =
            new CommandLineHarness(recommender, models, new Algorithms(), new Datasets());

    @AfterEach
    void stop() {
        latent.close();
    }

    @Test
    void recommend_hasVersionFallbackAndRecommendations() {
        assertThat(latent.run("recommend", "movies", "42", "-k", "2", "-o", "json"))
                .isEqualTo(new CommandLineHarness.Result(
                        0,
                        "{\"version\":\"movies@7\",\"fallback\":\"\",\"recommendations\":["
                                + "{\"item_id\":\"50\",\"score\":1.03,\"title\":\"The \\\"Kite\\\" (2001)\"},"
                                + "{\"item_id\":\"51\",\"score\":0.5,\"title\":\"\"}]}\n",
                        ""));
    }

    @Test
    void recommend_passesEveryOption() {
        latent.run("recommend movies 42 -k 3 --category A,B --allow 1,2 --deny 3 --include-seen --alias canary"
                .split(" "));

        RecommendRequest request = recommender.last;
        assertThat(request.getUserId()).isEqualTo("42");
        assertThat(request.getK()).isEqualTo(3);
        assertThat(request.getFilter().getCategoriesList()).containsExactly("A", "B");
        assertThat(request.getFilter().getAllowedItemIdsList()).containsExactly("1", "2");
        assertThat(request.getFilter().getDeniedItemIdsList()).containsExactly("3");
        assertThat(request.getExcludeSeen()).isFalse();
        assertThat(request.getAlias()).isEqualTo("canary");
        assertThat(request.getIncludeTitles()).isTrue();
    }

    @Test
    void recommend_asText_isATableWithItsOriginBesideIt() {
        CommandLineHarness.Result result = latent.run("recommend", "movies", "42");

        assertThat(result.out()).isEqualTo("""
                        RANK  ITEM   SCORE  TITLE
                           1    50  1.0300  The "Kite" (2001)
                           2    51  0.5000  -
                        """);
        assertThat(result.err()).isEqualTo("From movies@7\n");
    }

    @Test
    void recommend_fallback_saysWhy() {
        recommender.fallback = "unknown_user";

        assertThat(latent.run("recommend", "movies", "nobody").err()).contains("most popular", "unknown_user");
    }

    @Test
    void versionsList_hasVersionStateAliasesMetrics() {
        assertThat(latent.run("versions", "list", "movies", "-o", "json").out())
                .isEqualTo(
                        "[{\"version\":\"movies@7\",\"state\":\"READY\",\"aliases\":[\"live\"],\"metrics\":{\"ndcg@10\":0.31}},"
                                + "{\"version\":\"movies@6\",\"state\":\"CORRUPT\",\"aliases\":[],\"metrics\":{}}]\n");
    }

    @Test
    void pluginsList_hasNameVersionStateReason() {
        assertThat(latent.run("plugins", "list", "-o", "json").out())
                .isEqualTo("[{\"name\":\"wals\",\"version\":\"0.1.0\",\"state\":\"LOADED\",\"reason\":\"\"},"
                        + "{\"name\":\"bad\",\"version\":\"\",\"state\":\"REJECTED\",\"reason\":\"not a zip\"}]\n");
    }

    @Test
    void similarAndScore_haveTheirItems() {
        assertThat(latent.run("similar", "movies", "1", "-o", "json").out())
                .isEqualTo(
                        "{\"version\":\"movies@7\",\"items\":[{\"item_id\":\"2\",\"score\":0.9,\"title\":\"Two\"}]}\n");
        assertThat(latent.run("score", "movies", "42", "50", "99", "-o", "json").out())
                .isEqualTo("{\"version\":\"movies@7\",\"fallback\":\"\",\"scores\":["
                        + "{\"item_id\":\"50\",\"score\":1.5,\"known\":true,\"title\":\"title of 50\"},"
                        + "{\"item_id\":\"99\",\"score\":0.0,\"known\":false,\"title\":\"title of 99\"}]}\n");
    }

    @Test
    void server_comesFromFlagThenVariableThenDefault() {
        latent.run("models", "describe", "movies");
        assertThat(latent.lastTarget()).isEqualTo("localhost:8980");
        assertThat(latent.lastTimeout()).isEqualTo(Duration.ofSeconds(10));

        latent.withVariable("LATENT_SERVER", "one:1").run("models", "describe", "movies", "--timeout", "3m");
        assertThat(latent.lastTarget()).isEqualTo("one:1");
        assertThat(latent.lastTimeout()).isEqualTo(Duration.ofMinutes(3));

        latent.run("models", "describe", "movies", "--server", "two:2");
        assertThat(latent.lastTarget()).isEqualTo("two:2");
    }

    /** Recommends the same to all. */
    private static final class Recommender extends RecommenderServiceGrpc.RecommenderServiceImplBase {

        private volatile RecommendRequest last = RecommendRequest.getDefaultInstance();
        private volatile String fallback = "";

        @Override
        public void recommend(RecommendRequest request, StreamObserver<RecommendResponse> answer) {
            last = request;
            answer.onNext(RecommendResponse.newBuilder()
                    .setVersion("movies@7")
                    .setFallback(fallback)
                    .addRecommendations(recommendation("50", 1.03f, "The \"Kite\" (2001)"))
                    .addRecommendations(recommendation("51", 0.5f, ""))
                    .build());
            answer.onCompleted();
        }

        @Override
        public void similarItems(SimilarItemsRequest request, StreamObserver<SimilarItemsResponse> answer) {
            answer.onNext(SimilarItemsResponse.newBuilder()
                    .setVersion("movies@7")
                    .addItems(recommendation("2", 0.9f, "Two"))
                    .build());
            answer.onCompleted();
        }

        @Override
        public void score(ScoreRequest request, StreamObserver<ScoreResponse> answer) {
            answer.onNext(ScoreResponse.newBuilder()
                    .setVersion("movies@7")
                    .addScores(ItemScore.newBuilder()
                            .setItemId("50")
                            .setScore(1.5f)
                            .setKnown(true))
                    .addScores(ItemScore.newBuilder().setItemId("99"))
                    .build());
            answer.onCompleted();
        }

        private static Recommendation recommendation(String id, float score, String title) {
            return Recommendation.newBuilder()
                    .setItemId(id)
                    .setScore(score)
                    .setTitle(title)
                    .build();
        }
    }

    /** Has two versions, each on a page of its own. */
    private static final class Models extends ModelServiceGrpc.ModelServiceImplBase {

        @Override
        public void getModel(GetModelRequest request, StreamObserver<GetModelResponse> answer) {
            answer.onNext(GetModelResponse.newBuilder()
                    .setModel(Model.newBuilder().setName(request.getName()).setDataset("movies"))
                    .build());
            answer.onCompleted();
        }

        @Override
        public void listModelVersions(
                ListModelVersionsRequest request, StreamObserver<ListModelVersionsResponse> answer) {
            boolean first = request.getPageToken().isEmpty();
            ModelVersion version = first
                    ? ModelVersion.newBuilder()
                            .setName("movies@7")
                            .setState(ModelVersion.State.STATE_READY)
                            .addAliases("live")
                            .putMetrics("ndcg@10", 0.31)
                            .build()
                    : ModelVersion.newBuilder()
                            .setName("movies@6")
                            .setState(ModelVersion.State.STATE_CORRUPT)
                            .build();
            answer.onNext(ListModelVersionsResponse.newBuilder()
                    .addVersions(version)
                    .setNextPageToken(first ? "more" : "")
                    .build());
            answer.onCompleted();
        }
    }

    /** Has a good plugin and a bad one. */
    private static final class Algorithms extends AlgorithmServiceGrpc.AlgorithmServiceImplBase {

        @Override
        public void listPlugins(ListPluginsRequest request, StreamObserver<ListPluginsResponse> answer) {
            answer.onNext(ListPluginsResponse.newBuilder()
                    .addPlugins(Plugin.newBuilder()
                            .setName("wals")
                            .setVersion("0.1.0")
                            .setState(Plugin.State.STATE_LOADED))
                    .addPlugins(Plugin.newBuilder()
                            .setName("bad")
                            .setState(Plugin.State.STATE_REJECTED)
                            .setReason("not a zip"))
                    .build());
            answer.onCompleted();
        }
    }

    /** Knows a title for every item. */
    private static final class Datasets extends DatasetServiceGrpc.DatasetServiceImplBase {

        @Override
        public void batchGetItems(BatchGetItemsRequest request, StreamObserver<BatchGetItemsResponse> answer) {
            BatchGetItemsResponse.Builder response = BatchGetItemsResponse.newBuilder();
            request.getIdsList()
                    .forEach(id -> response.addItems(Item.newBuilder().setId(id).setTitle("title of " + id)));
            answer.onNext(response.build());
            answer.onCompleted();
        }
    }
}
