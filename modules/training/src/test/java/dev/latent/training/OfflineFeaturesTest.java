package dev.latent.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latent.interactions.InteractionFile.Layout;
import dev.latent.training.offline.EvaluationProtocol;
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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Evaluations on files that tell features of items and users. Popularity in the training: a 3, b 2, c 1. */
class OfflineFeaturesTest {

    private static final String ITEMS = """
            item_id,title,categories,studio,available
            a,A,drama,one,
            b,B,comedy,one,
            c,C,comedy,two,
            x,X,drama|comedy,three,
            y,Y,comedy,,
            z,Z,western,four,
            v,V,drama,,false
            """;

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
    void itemsOfTheFeatureFileAlone_areRecommendedAndCounted() throws IOException {
        // By features x has 3 + 3, y has 3: before b and c for whoever has a. z has no feature that was learnt, v is
        // not
        // available: both are no candidates. w of the test has no features.
        EvaluationReport report = evaluate("features", given("1,x\n2,c\n3,w\n", items(ITEMS)), "mrr");

        assertThat(report.fields()).containsEntry("users", 3);
        assertThat(asMap(report.map("metrics").get("mrr"))).containsEntry("value", (1 + 1 / 3.0 + 1 / 3.0) / 3);
        assertThat(asMap(report.map("denominators")))
                .containsEntry("items", 6L)
                .containsEntry("cold_items", 1L)
                .containsEntry("unknown_items", 1L);
        assertThat(report.list("notes").toString()).doesNotContain("features");
    }

    @Test
    void withoutTheFile_nothingIsAddedToTheReport() throws IOException {
        EvaluationReport report = evaluate("good", given("1,x\n2,c\n", FeatureFiles.NONE), "mrr");

        assertThat(asMap(report.map("denominators")))
                .containsEntry("items", 4L)
                .containsEntry("unknown_items", 1L)
                .doesNotContainKey("cold_items");
        assertThat(report.list("notes").toString()).doesNotContain("features");
    }

    @Test
    void usersOfTheFeatureFile_areRankedWithoutInteractions() throws IOException {
        Path users = write("users.csv", "user_id,group\n1,g\n2,g\n8,h\n9,g\n");
        FeatureFiles files = new FeatureFiles(Optional.of(write("items.csv", ITEMS)), Optional.of(users));
        EvaluationReport known = evaluate("features", given("8,a\n9,a\n", files), "mrr");
        assertThat(known.fields()).containsEntry("users", 1);
        assertThat(asMap(known.map("denominators"))).containsEntry("unknown_users", 1L);

        EvaluationReport unknown = evaluate("features", given("1,c\n8,a\n9,a\n", items(ITEMS)), "mrr");
        assertThat(asMap(unknown.map("denominators"))).containsEntry("unknown_users", 2L);
    }

    @Test
    void algorithmWithoutFeatures_isTold() throws IOException {
        Path users = write("users.csv", "user_id,group\n1,g\n2,g\n");
        FeatureFiles files = new FeatureFiles(Optional.of(write("items.csv", ITEMS)), Optional.of(users));
        EvaluationReport report = evaluate("good", given("1,x\n2,c\n", files), "mrr");

        assertThat(asMap(report.map("denominators")))
                .containsEntry("unknown_items", 1L)
                .doesNotContainKey("cold_items");
        assertThat(report.list("notes").toString())
                .contains("No features of items are learnt")
                .contains("No features of users are learnt")
                .contains("'trial' learns from interactions alone; one that can is sgd with --set features=own");
    }

    @Test
    void pairsWithoutFiniteVectors_areRefused() throws IOException {
        Given protocol = given("1,x\n", items(ITEMS));
        assertThatThrownBy(() -> evaluate("pairs-nan", protocol, "mrr"))
                .isInstanceOfSatisfying(
                        OfflineException.class, e -> assertThat(e.isOfRequest()).isFalse())
                .hasMessageContaining("has NaN as item feature pair factors in row 0");
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void everyProtocol_trainsWithTheFeatures(Rule rule) throws IOException {
        Path data = write("data.csv", "1,a\n1,b\n1,c\n1,d\n1,e\n2,a\n2,b\n2,c\n2,d\n2,e\n3,a\n3,b\n3,c\n3,d\n3,e\n");
        EvaluationProtocol protocol = new Cut(
                rule, timed(data), Layout.DETECT, new Sizes(2, 0.4, 1, 2), items("item,genre\na,g\nb,g\nx,g\n"));

        // The algorithm refuses a training without features of items.
        EvaluationReport report = evaluate("features", protocol, "mrr");

        int parts = rule == Rule.K_FOLD ? 2 : 1;
        assertThat(asMap(report.map("denominators"))).containsEntry("items", 6L * parts);
    }

    /** Gives each line of a file a later time than the one before. */
    private Path timed(Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        int time = 1;
        for (String line : Files.readAllLines(file)) {
            text.append(line).append(",1,").append(time++).append('\n');
        }
        return Files.writeString(file, text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    item,genre~7,g~8,g~       ; None of the 2 items of FILE has interactions to learn from
                    item,genre~7,g~           ; there they are called a, …, in FILE.NAME 7, …
                    item,title~a,A~b,B~       ; tells nothing to learn of the 2 items with interactions: no categories
                    item,year~a,1~b,2~x,2~    ; no value of [year] that two of them share
                    name,genre~a,g~           ; FILE:1: 'name, genre' is not the header of a table of items; name their
                    item,genre~a,g~b~         ; FILE:3: has 1 fields, expected 2: item, genre
                    item,genre~               ; holds no line of data
                    """)
    void badFile_isRefusedByName(String text, String message) throws IOException {
        FeatureFiles files = items(text.replace('~', '\n'));
        String file = String.valueOf(files.items().orElseThrow());
        String name = String.valueOf(files.items().orElseThrow().getFileName());
        assertThatThrownBy(() -> evaluate("features", given("1,c\n", files), "mrr"))
                .isInstanceOfSatisfying(
                        OfflineException.class, e -> assertThat(e.isOfRequest()).isTrue())
                .hasMessageContaining(message.replace("FILE.NAME", name).replace("FILE", file));
    }

    @Test
    void badFileOfUsers_isRefusedByName() throws IOException {
        FeatureFiles users = new FeatureFiles(Optional.empty(), Optional.of(write("people", "user,group\n7,g\n")));
        assertThatThrownBy(() -> evaluate("good", given("1,c\n", users), "mrr"))
                .hasMessageContaining("None of the 1 users of")
                .hasMessageContaining("called 1, …, in people 7, …");
        FeatureFiles absent = new FeatureFiles(Optional.empty(), Optional.of(folder.resolve("nowhere.csv")));
        assertThatThrownBy(() -> evaluate("good", given("1,c\n", absent), "mrr"))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("nowhere.csv");
    }

    private Given given(String test, FeatureFiles features) throws IOException {
        Path train = write("train", "1,a\n2,a\n2,b\n3,a\n3,b\n3,c\n");
        return new Given(train, write("test", test), Optional.empty(), Optional.empty(), Layout.DETECT, features);
    }

    private FeatureFiles items(String text) throws IOException {
        return new FeatureFiles(Optional.of(write("items.csv", text)), Optional.empty());
    }

    private EvaluationReport evaluate(String behaviour, EvaluationProtocol protocol, String metric) throws IOException {
        EvaluationRequest request = new EvaluationRequest(
                "trial",
                Map.of("behaviour", behaviour),
                protocol,
                List.of(metric),
                false,
                new EvaluationRequest.Effort(1, 1));
        return new OfflineEvaluation(algorithms, _ -> {}).evaluate(request);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
