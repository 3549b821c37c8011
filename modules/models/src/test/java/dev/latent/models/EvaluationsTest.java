package dev.latent.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latent.models.EvaluationFacts.Basis;
import dev.latent.models.EvaluationFacts.Leakage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationsTest {

    @TempDir
    private Path root;

    private ModelStore store;

    @BeforeEach
    void create() throws IOException {
        store = ModelFixture.create(root, 2, 1);
    }

    static EvaluationFacts facts(String protocol) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("recall@20", 0.25);
        metrics.put("ndcg@10", 0.5);
        metrics.put("mrr", 0.4);
        metrics.put("hr@10", 0.6);
        metrics.put("auc", 0.9);
        return facts(protocol, metrics, Map.of("popularity", Map.of("ndcg@10", 0.125)));
    }

    private static EvaluationFacts facts(Map<String, Double> metrics, Map<String, Map<String, Double>> baselines) {
        return facts("given", metrics, baselines);
    }

    private static EvaluationFacts facts(
            String protocol, Map<String, Double> metrics, Map<String, Map<String, Double>> baselines) {
        return new EvaluationFacts(
                EvaluationFacts.Subject.VERSION,
                protocol,
                "a test file",
                7,
                3,
                metrics,
                Map.of("ndcg@10", new EvaluationFacts.Interval(0.4, 0.6)),
                baselines,
                new Leakage(Basis.BY_TIME, 8, 2),
                Map.of("test_interactions", 6L),
                List.of(new EvaluationFacts.Part("items", "tail", Map.of("ndcg@10", 0.0))),
                Map.of("ndcg@10", "gain"),
                List.of("a note"),
                new EvaluationFacts.Duration(1.5, 0));
    }

    private VersionEvaluation add(int version, String protocol) {
        return store.addEvaluation("movies", version, "ada", facts(protocol));
    }

    @Test
    void evaluations_areNumberedAndListedNewestFirstAcrossRestarts() {
        assertThat(add(1, "given").number()).isEqualTo(1);
        VersionEvaluation second = add(1, "temporal");
        add(2, "given");

        assertThat(ModelFixture.open(root).evaluations("movies", 1))
                .extracting(each -> each.number() + " " + each.facts().protocol())
                .containsExactly("2 temporal", "1 given");
        VersionEvaluation read =
                ModelStore.openReadOnly(root).evaluations("movies", 1).getFirst();
        assertThat(read)
                .isEqualTo(second)
                .isEqualTo(
                        new VersionEvaluation("movies@1", 2, ModelFixture.CLOCK.instant(), "ada", facts("temporal")));
        assertThat(read.facts().metrics().keySet()).containsExactly("recall@20", "ndcg@10", "mrr", "hr@10", "auc");
        assertThat(read.facts().leakage().share()).isEqualTo(0.25);
    }

    @Test
    void evaluations_leaveTheVersionAsItWasSealed() throws IOException {
        Path manifest = ModelFixture.version(root, 1).resolve("manifest.json");
        byte[] before = Files.readAllBytes(manifest);
        add(1, "given");

        assertThat(Files.readAllBytes(manifest)).isEqualTo(before);
        assertThat(ModelFixture.opens(ModelFixture.open(root), 1)).isTrue();
        VerifyReport report = store.verifyAll();
        assertThat(report.problems()).isEmpty();
        assertThat(report.strays()).isEmpty();
    }

    @Test
    void damagedEvaluation_isFoundByVerifyAndLeftOutOfTheList() throws IOException {
        add(1, "given");
        add(1, "temporal");
        Path folder = ModelFixture.version(root, 1).resolve("evaluations");
        Path first = folder.resolve("1.json");
        Files.writeString(first, Files.readString(first).replace("0.125", "0.925"));
        Files.copy(folder.resolve("2.json"), folder.resolve("3.json"));
        Files.writeString(folder.resolve("notes"), "x");

        VerifyReport report = store.verify("movies", 1);
        assertThat(report.problems())
                .extracting(problem -> problem.file() + " " + problem.problem().split(" is ", 2)[0])
                .containsExactly(
                        "versions/1/evaluations/1.json SHA-256", "versions/1/evaluations/3.json the evaluation's name");
        assertThat(report.strays()).containsExactly("movies/versions/1/evaluations/notes");
        assertThat(store.evaluations("movies", 1))
                .extracting(VersionEvaluation::number)
                .containsExactly(2);
        assertThat(add(1, "given").number()).isEqualTo(4);
    }

    @Test
    void numberOfAnEvaluationThatIsGone_isNotGivenToAnother() throws IOException {
        add(1, "given");
        VersionEvaluation second = add(1, "temporal");
        Files.delete(ModelFixture.version(root, 1).resolve("evaluations").resolve("1.json"));

        assertThat(add(1, "given").number()).isEqualTo(3);
        assertThat(store.evaluations("movies", 1)).hasSize(2).contains(second);
    }

    @Test
    void evaluations_goWithTheirVersion() {
        add(2, "given");
        store.deleteVersion("movies", 2, "ada", "old");

        assertThatThrownBy(() -> store.evaluations("movies", 2)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> add(2, "given")).isInstanceOf(NotFoundException.class);
        assertThat(Files.exists(ModelFixture.version(root, 2))).isFalse();
        assertThat(store.evaluations("movies", 1)).isEmpty();
    }

    @Test
    void numbersThatAreNotFinite_areRefused() {
        assertThatThrownBy(() -> new EvaluationFacts.Part("fold", "1", Map.of("rmse", Double.NaN)))
                .hasMessageContaining("Metric 'rmse' is NaN, expected a finite number");
        Map<String, Double> infinite = Map.of("mae", Double.POSITIVE_INFINITY);
        assertThatThrownBy(() -> facts(infinite, Map.of())).hasMessageContaining("Metric 'mae' is Infinity");
        assertThatThrownBy(() -> facts(Map.of(), Map.of("popularity", infinite)))
                .hasMessageContaining("Metric 'mae' is Infinity");
    }

    @Test
    void moreSeenThanTested_isRefused() {
        assertThatThrownBy(() -> new Leakage(Basis.EXACT, 1, 2))
                .hasMessageContaining("seen are 2 of 1 test interactions");
    }
}
