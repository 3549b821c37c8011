package dev.latent.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.latent.interactions.InteractionFile.Layout;
import dev.latent.training.offline.EvaluationProtocol.Cut;
import dev.latent.training.offline.EvaluationProtocol.Given;
import dev.latent.training.offline.EvaluationProtocol.Rule;
import dev.latent.training.offline.EvaluationProtocol.Sizes;
import dev.latent.training.offline.EvaluationReport;
import dev.latent.training.offline.EvaluationRequest;
import dev.latent.training.offline.FeatureFiles;
import dev.latent.training.offline.OfflineAlgorithms;
import dev.latent.training.offline.OfflineEvaluation;
import dev.latent.training.offline.OfflineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OfflineEvaluationTest {

    @TempDir
    Path folder;

    private OfflineAlgorithms algorithms;

    @BeforeEach
    void load() throws IOException {
        TrialPlugin.install(folder.resolve("plugins"));
        algorithms = OfflineAlgorithms.open(List.of(folder.resolve("plugins")));
    }

    @AfterEach
    void unload() {
        algorithms.close();
    }

    @Test
    void givenFiles_areMeasuredByHandAsByTheCommand() throws IOException {
        // Popularity: a 3, b 2, c 1. User 1 has a: b, c; user 2 has a, b: c; user 3 has a, b, c: d, e; 9 is unknown.
        Path train = write("train", "1,a\n2,a\n2,b\n3,a\n3,b\n3,c\n");
        Path test = write("test", "1,c\n2,c\n3,e\n9,a\n");
        Map<String, Object> report = given(train, test, Optional.empty(), Optional.empty(), "hr@1,ndcg@2,recall@2");

        assertThat(report)
                .containsEntry("protocol", "given")
                .containsEntry("seed", 1L)
                .containsEntry("users", 3);
        assertThat(value(report, "hr@1")).isEqualTo(1 / 3.0 + 0.0, within(1 / 3.0 + 1e-9));
        assertThat(map(report.get("denominators")))
                .containsEntry("unknown_users", 1L)
                .containsEntry("unknown_items", 1L)
                .containsEntry("test_interactions", 4L)
                .containsEntry("test_users", 4L)
                .containsEntry("lists", 3L);
        assertThat(map(map(report.get("baselines")).get("popularity"))).containsOnlyKeys("hr@1", "ndcg@2", "recall@2");
        assertThat(map(map(report.get("metrics")).get("ndcg@2"))).containsOnlyKeys("value", "low", "high");
        assertThat(String.valueOf(report.get("notes")))
                .contains("1 test users have no interaction in the training")
                .contains("ease: not measured, no plugin");
        assertThat((Double) report.get("seconds")).isPositive();
    }

    @Test
    void negatives_areTheOnlyCandidates() throws IOException {
        Path train = write("train", "1\ta\n2\ta\n2\tb\n3\ta\n3\tb\n3\tc\n");
        Path test = write("test", "3\te\n1\tb\n");
        Path negatives = write("negatives", "(3,e)\tx\ty\tc\n(1,b)\tc\tx\n");
        Map<String, Object> report = given(train, test, Optional.empty(), Optional.of(negatives), "hr@1,mrr");
        // User 1 ranks b first of b, c, x; user 3 ranks c before e, which comes before x and y only by chance.
        assertThat(value(report, "hr@1")).isEqualTo(0.5);
        assertThat(String.valueOf(report.get("notes"))).contains("comparable only");
        assertThat(map(map(report.get("baselines")).get("popularity"))).containsEntry("mrr", (1 + 1 / 2.0) / 2);
    }

    @Test
    void foldInFile_makesUsersKnown() throws IOException {
        Path train = write("train", "1,a\n2,a\n2,b\n3,a\n3,b\n3,c\n");
        Path shown = write("shown", "9,a\n");
        Path test = write("test", "9,b\n9,c\n");
        EvaluationRequest request = new EvaluationRequest(
                "trial",
                Map.of("behaviour", "scoring"),
                new Given(train, test, Optional.of(shown), Optional.empty(), Layout.DETECT, FeatureFiles.NONE),
                List.of("recall@1"),
                true,
                new EvaluationRequest.Effort(1, 1));
        Map<String, Object> report = evaluate(request);

        assertThat(value(report, "recall@1")).isEqualTo(1); // capped: one of at most one
        assertThat(String.valueOf(map(report.get("definitions")).get("recall@1")))
                .contains("min(K");
    }

    @Test
    void listsOfItems_areReadAsUsers() throws IOException {
        Path train = write("train", "0 5 6 7 8\n1 5 6 7\n2 5\n");
        Path test = write("test", "1 8\n2 6\n");
        Map<String, Object> report = given(train, test, Optional.empty(), Optional.empty(), "recall@1");
        assertThat(report).containsEntry("users", 2);
        assertThat(map(map(report.get("baselines")).get("popularity"))).containsEntry("recall@1", 1.0);
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void everyProtocol_givesTheSameForAnyThreads(Rule rule) throws IOException {
        Path data = write("data", random());
        List<Object> results = new ArrayList<>();
        for (int threads : new int[] {1, 2, 7}) {
            Map<String, Object> report = evaluate(cut(rule, data, threads));
            assertThat((Integer) report.get("users")).isPositive();
            results.add(List.of(
                    String.valueOf(report.get("metrics")),
                    String.valueOf(report.get("baselines")),
                    String.valueOf(report.get("segments")),
                    String.valueOf(report.get("denominators"))));
        }
        assertThat(results.get(1)).isEqualTo(results.get(0));
        assertThat(results.get(2)).isEqualTo(results.get(0));
    }

    @Test
    void folds_areShownEach() throws IOException {
        Map<String, Object> report = evaluate(cut(Rule.K_FOLD, write("data", random()), 1));
        assertThat((List<?>) report.get("folds")).hasSize(5);
        assertThat(map(report.get("baselines"))).containsKeys("popularity", "item_mean", "bias");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1,a~2  | 1,b~       | 1,c~       | train:2: has 1 fields, expected 2
                    1,a~   | 1,b,x,y~   | 1,c~       | test:1
                    1,a~   | 1,b~2,a~   | 1,c~       | has 1 lines, the test file 2
                    1,a~   | 1,b~       | 2,c~       | user '2', but line 1 of the test is of user '1'
                    1,a~   | 1,b~       | 1~         | has no candidate
                    """)
    void badFiles_areRefusedByName(String train, String test, String negatives, String message) throws IOException {
        Path first = write("train", train.replace('~', '\n'));
        Path second = write("test", test.replace('~', '\n'));
        Path third = write("negatives", negatives.replace('~', '\n'));
        assertThatThrownBy(() -> given(first, second, Optional.empty(), Optional.of(third), "hr@1"))
                .isInstanceOfSatisfying(
                        OfflineException.class, e -> assertThat(e.isOfRequest()).isTrue())
                .hasMessageContaining(message);
    }

    @Test
    void badRequests_areRefused() throws IOException {
        Path data = write("data", random());
        assertThatThrownBy(() -> evaluate(request("nobody", Map.of(), data)))
                .hasMessageContaining("No algorithm 'nobody'");
        assertThatThrownBy(() -> evaluate(request("trial", Map.of("sweeps", "0"), data)))
                .hasMessageContaining("sweeps");
        assertThatThrownBy(() -> evaluate(request("trial", Map.of("behaviour", "nan"), data)))
                .isInstanceOfSatisfying(
                        OfflineException.class, e -> assertThat(e.isOfRequest()).isFalse())
                .hasMessageContaining("expected finite numbers");
        assertThatThrownBy(() -> given(data, data, Optional.of(data), Optional.empty(), "hr@1"))
                .hasMessageContaining("fold-in");
    }

    private static EvaluationRequest request(String algorithm, Map<String, String> settings, Path data) {
        return new EvaluationRequest(
                algorithm,
                settings,
                new Cut(Rule.RANDOM, data, Layout.DETECT, Sizes.DEFAULTS, FeatureFiles.NONE),
                List.of(),
                true,
                new EvaluationRequest.Effort(1, 1));
    }

    private static EvaluationRequest cut(Rule rule, Path data, int threads) {
        return new EvaluationRequest(
                "trial",
                Map.of("behaviour", "scoring"),
                new Cut(rule, data, Layout.DETECT, new Sizes(5, 0.2, 0, 5), FeatureFiles.NONE),
                List.of("ndcg@5", "recall@5", "coverage@5", "ils@3", "rmse"),
                true,
                new EvaluationRequest.Effort(3, threads));
    }

    private Map<String, Object> given(
            Path train, Path test, Optional<Path> foldIn, Optional<Path> negatives, String metrics) throws IOException {
        return evaluate(new EvaluationRequest(
                "trial",
                Map.of(),
                new Given(train, test, foldIn, negatives, Layout.DETECT, FeatureFiles.NONE),
                List.of(metrics.split(",")),
                true,
                new EvaluationRequest.Effort(1, 1)));
    }

    private Map<String, Object> evaluate(EvaluationRequest request) throws IOException {
        EvaluationReport report = new OfflineEvaluation(algorithms, _ -> {}).evaluate(request);
        return report.fields();
    }

    private static String random() {
        SplittableRandom random = new SplittableRandom(2);
        StringBuilder text = new StringBuilder("user,item,rating,time\n");
        for (int user = 0; user < 40; user++) {
            for (int item = 0; item < 30; item++) {
                if (random.nextInt(30) > item) {
                    text.append(
                            "u%d,i%d,%d,%d%n".formatted(user, item, 1 + random.nextInt(5), 1 + random.nextInt(999)));
                }
            }
        }
        return text.toString();
    }

    private static double value(Map<String, Object> report, String metric) {
        return Double.parseDouble(
                String.valueOf(map(map(report.get("metrics")).get(metric)).get("value")));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
