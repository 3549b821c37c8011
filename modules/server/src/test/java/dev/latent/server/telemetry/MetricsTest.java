package dev.latent.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.server.TestServer;
import dev.latent.server.WriteCalls;
import dev.latent.v1.RecommendRequest;
import dev.latent.v1.RollbackModelRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private static TestServer server;
    private static String scraped;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start();
        server.createDataset("films", 20, 10);
        server.trainAndPromote("movies", "films");
        server.trainAndPromote("movies", "films");
        server.models()
                .rollbackModel(
                        RollbackModelRequest.newBuilder().setModel("movies").build());
        recommend("u1");
        recommend("nobody");
        WriteCalls.write(server.channel(), "films", List.of(TestServer.interaction("newcomer", "i1")));
        recommend("newcomer");
        HttpResponse<String> page = server.get("/metrics");
        assertThat(page.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        scraped = page.body();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void recommend(String user) {
        server.recommender()
                .recommend(RecommendRequest.newBuilder()
                        .setModel("movies")
                        .setUserId(user)
                        .build());
    }

    private static double value(String sample) {
        return scraped.lines()
                .filter(line -> line.startsWith(sample + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    @Test
    void namesAndTypes_areTheGoldenOnes() throws IOException {
        try (InputStream golden = MetricsTest.class.getResourceAsStream("metrics.txt")) {
            List<String> expected = new String(golden.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(scraped.lines()
                            .filter(line -> line.startsWith("# TYPE latent_"))
                            .map(line -> line.substring("# TYPE ".length()))
                            .sorted())
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    void jvmAndProcess_areShown() {
        assertThat(scraped).contains("# TYPE jvm_memory_used_bytes gauge", "# TYPE process_uptime_seconds gauge");
    }

    @Test
    void noLabel_isTheIdOfAUserOrItem() {
        assertThat(scraped).doesNotContain("newcomer", "\"i1\"", "\"u1\"");
    }

    @Test
    void calls_areCountedAndTimedByMethodAndCodeFromTenMicroseconds() {
        String labels = "code=\"OK\",method=\"latent.v1.RecommenderService/Recommend\"";
        assertThat(value("latent_rpc_started_total{method=\"latent.v1.RecommenderService/Recommend\"}"))
                .isEqualTo(3);
        assertThat(value("latent_rpc_duration_seconds_count{" + labels + "}")).isEqualTo(3);
        assertThat(value("latent_rpc_duration_seconds_bucket{" + labels + ",le=\"1.0E-5\"}"))
                .isNotNaN();
        assertThat(value("latent_rpc_duration_seconds_bucket{" + labels + ",le=\"60.0\"}"))
                .isNaN();
        assertThat(value("latent_rpc_duration_seconds_bucket{" + labels + ",le=\"50.0\"}"))
                .isEqualTo(3);
    }

    @Test
    void recommendations_areCountedByFallbackAndFoldIn() {
        assertThat(value("latent_recommend_fallback_total{model=\"movies\",reason=\"unknown_user\"}"))
                .isEqualTo(1);
        assertThat(value("latent_recommend_fold_ins_total{model=\"movies\"}")).isEqualTo(1);
    }

    @Test
    void versionInService_isShown() {
        assertThat(value("latent_model_info{algorithm=\"taste\",alias=\"live\",model=\"movies\",version=\"1\"}"))
                .isEqualTo(1);
        assertThat(scraped).doesNotContain("version=\"2\"");
        assertThat(value("latent_model_loaded_timestamp_seconds{alias=\"live\",model=\"movies\"}"))
                .isGreaterThan(1e9);
        assertThat(value("latent_promotions_total{model=\"movies\",result=\"ok\"}"))
                .isEqualTo(2);
        assertThat(value("latent_rollbacks_total{model=\"movies\",result=\"ok\"}"))
                .isEqualTo(1);
    }

    @Test
    void runs_areCounted() {
        assertThat(value("latent_train_runs_total{algorithm=\"taste\",result=\"succeeded\"}"))
                .isEqualTo(2);
        assertThat(value("latent_train_duration_seconds_count{algorithm=\"taste\",result=\"succeeded\"}"))
                .isEqualTo(2);
        assertThat(value("latent_train_runs_active{state=\"running\"}")).isZero();
        assertThat(value("latent_train_last_success_timestamp_seconds{model=\"movies\"}"))
                .isGreaterThan(1e9);
    }

    @Test
    void writes_areCounted() {
        assertThat(value("latent_store_interactions_total{source=\"stream\"}")).isEqualTo(61);
        assertThat(value("latent_store_append_duration_seconds_count")).isEqualTo(2);
    }

    @Test
    void build_isNamed() {
        assertThat(Pattern.compile("latent_build_info\\{version=\"\\d+\\.\\d+\\.\\d+[^\"]*\"} 1")
                        .matcher(scraped)
                        .find())
                .isTrue();
    }
}
