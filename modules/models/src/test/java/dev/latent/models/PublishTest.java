package dev.latent.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latent.spi.Confidence;
import dev.latent.spi.ElementType;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FeaturePairs;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.FoldIn;
import dev.latent.spi.History;
import dev.latent.spi.ScoringModel;
import dev.latent.spi.Section;
import dev.latent.spi.SectionWriter;
import dev.latent.storage.StringTable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishTest {

    private static final StringTable USERS = StringTable.of(List.of("ada", "bob", "cy"));
    private static final StringTable ITEMS = StringTable.of(List.of("50", "172"));

    @TempDir
    private Path root;

    private ModelStore store;

    @BeforeEach
    void create() throws IOException {
        store = ModelFixture.create(root, 0, 0);
    }

    @Test
    void published_opensAsItWasWritten() throws IOException {
        assertThat(ModelFixture.publish(store)).isEqualTo(1);

        try (Version version = ModelFixture.open(root).open("movies", 1)) {
            Manifest manifest = version.manifest();
            assertThat(version.id()).isEqualTo("movies@1");
            assertThat(manifest.metadata()).isEqualTo(ModelFixture.metadata());
            assertThat(manifest.metrics()).containsEntry("ndcg@10", 0.31);
            assertThat(manifest.createdAt()).isEqualTo(ModelFixture.CLOCK.instant());
            assertThat(manifest.content())
                    .isEqualTo(new VersionContent(ModelKind.EMBEDDING, 3, 2, 4, 3.5299f, ModelFixture.RIDGE));
            EmbeddingModel embedding = version.embedding().orElseThrow();
            EmbeddingModel expected = ModelFixture.embedding(1);
            assertThat(embedding.items().segment().mismatch(expected.items().segment()))
                    .isEqualTo(-1);
            assertThat(embedding
                            .itemBiases()
                            .orElseThrow()
                            .segment()
                            .mismatch(expected.itemBiases().orElseThrow().segment()))
                    .isEqualTo(-1);
            assertThat(embedding.userBiases()).isEmpty();
            assertThat(embedding.users().segment().isMapped()).isTrue();
            assertThat(embedding.users().segment().isReadOnly()).isTrue();
            assertThat(embedding.users().segment().address() % 64).isZero();
            assertThat(version.users().get(2)).isEqualTo("日本");
            assertThat(version.sections().names()).contains("user_factors", "item_ids_bytes");
            assertThatThrownBy(() -> version.sections().read("none")).hasMessageContaining("no section 'none'");
        }
        assertThat(store.verifyAll().problems()).isEmpty();
    }

    @Test
    void publishedFiles_areReadOnlyAndListedWithTheirHashes() throws IOException {
        ModelFixture.publish(store);
        Path version = ModelFixture.version(root, 1);
        for (Path file : ModelFixture.files(version)) {
            assertThat(Files.getPosixFilePermissions(file))
                    .as(file.toString())
                    .noneMatch(permission -> permission.name().endsWith("WRITE"));
        }
        assertThat(ModelFixture.files(version))
                .extracting(file -> file.getFileName().toString())
                .containsExactly(
                        "item_biases.section",
                        "item_factors.section",
                        "item_ids_bytes.section",
                        "item_ids_offsets.section",
                        "manifest.json",
                        "user_factors.section",
                        "user_ids_bytes.section",
                        "user_ids_offsets.section");
    }

    @Test
    void vectorsOfFeatures_areKeptWithTheirNames() throws IOException {
        EmbeddingModel model = EmbeddingModel.builder(ModelFixture.random(1, 3, 4), ModelFixture.random(2, 2, 4))
                .itemFeatureFactors(ModelFixture.random(3, 2, 4))
                .itemFeatureBiases(ModelFixture.random(4, 2, 1))
                .itemFeaturePairs(new FeaturePairs(
                        MemorySegment.ofArray(new int[] {0, 1}),
                        ModelFixture.random(7, 1, 4),
                        ModelFixture.random(8, 1, 1)))
                .userFeatureFactors(ModelFixture.random(5, 1, 4))
                .userFeatureBiases(ModelFixture.random(6, 1, 1))
                .build();
        List<Section> names =
                new ArrayList<>(StringTable.of(List.of("Action", "Noir")).sections(Version.ITEM_FEATURE_NAMES));
        names.addAll(StringTable.of(List.of("country=DE")).sections(Version.USER_FEATURE_NAMES));
        try (PendingVersion pending = store.begin("movies")) {
            VersionWriter.write(pending.directory(), pending.id(), model, USERS, ITEMS, names);
            try (Version version = pending.publish(ModelFixture.metadata())) {
                EmbeddingModel opened = version.embedding().orElseThrow();
                assertThat(version.itemFeatureNames().orElseThrow().get(1)).isEqualTo("Noir");
                assertThat(opened.itemFeatureFactors().orElseThrow().get(1, 3))
                        .isEqualTo(model.itemFeatureFactors().orElseThrow().get(1, 3));
                assertThat(opened.itemFeatureBiases().orElseThrow().get(1, 0))
                        .isEqualTo(model.itemFeatureBiases().orElseThrow().get(1, 0));
                FeaturePairs pairs = opened.itemFeaturePairs().orElseThrow();
                FeaturePairs written = model.itemFeaturePairs().orElseThrow();
                assertThat(pairs.find(0, 1)).isZero();
                assertThat(pairs.factors().get(0, 3))
                        .isEqualTo(written.factors().get(0, 3));
                assertThat(pairs.biases().get(0, 0)).isEqualTo(written.biases().get(0, 0));
                assertThat(version.userFeatureNames().orElseThrow().get(0)).isEqualTo("country=DE");
                assertThat(opened.userFeatureFactors().orElseThrow().get(0, 3))
                        .isEqualTo(model.userFeatureFactors().orElseThrow().get(0, 3));
                assertThat(opened.userFeatureBiases().orElseThrow().get(0, 0))
                        .isEqualTo(model.userFeatureBiases().orElseThrow().get(0, 0));
            }
        }
    }

    @Test
    void pairsThatDoNotFitTheFeatures_areDamage() throws IOException {
        Section factors = Section.of("item_feature_pair_factors", ModelFixture.random(7, 1, 4));
        Section biases = Section.of("item_feature_pair_biases", ModelFixture.random(8, 1, 1));
        assertPairsAreDamage("section item_feature_pair_factors is missing", pairs(2, 0, 1));
        assertPairsAreDamage("Item feature pair 0 is of feature 7", pairs(2, 0, 7), factors, biases);
        assertPairsAreDamage("Feature pair 0 is of features 1 and 0", pairs(2, 1, 0), factors, biases);
        assertPairsAreDamage("section item_feature_pairs is 2 x 1 INT32", pairs(1, 0, 1), factors, biases);
    }

    private static Section pairs(int columns, int... features) {
        return new Section(
                "item_feature_pairs",
                ElementType.INT32,
                features.length / columns,
                columns,
                MemorySegment.ofArray(features));
    }

    private void assertPairsAreDamage(String message, Section... sections) throws IOException {
        EmbeddingModel model = EmbeddingModel.builder(ModelFixture.random(1, 3, 4), ModelFixture.random(2, 2, 4))
                .itemFeatureFactors(ModelFixture.random(3, 2, 4))
                .build();
        try (PendingVersion pending = store.begin("movies")) {
            VersionWriter.write(pending.directory(), pending.id(), model, USERS, ITEMS, List.of(sections));
            assertThatThrownBy(() -> pending.publish(ModelFixture.metadata()).close())
                    .hasMessageContaining(message);
        }
    }

    @Test
    void namesThatAreNotOneForEachFeature_areDamage() throws IOException {
        EmbeddingModel model = EmbeddingModel.builder(ModelFixture.random(1, 3, 4), ModelFixture.random(2, 2, 4))
                .itemFeatureFactors(ModelFixture.random(3, 2, 4))
                .build();
        List<Section> names = StringTable.of(List.of("Action")).sections(Version.ITEM_FEATURE_NAMES);
        try (PendingVersion pending = store.begin("movies")) {
            VersionWriter.write(pending.directory(), pending.id(), model, USERS, ITEMS, names);
            assertThatThrownBy(() -> pending.publish(ModelFixture.metadata()).close())
                    .hasMessageContaining("the number of item_feature_names");
        }
    }

    @Test
    void everyFoldInLaw_isKeptExactly() throws IOException {
        List<FoldIn> laws = List.of(
                new FoldIn.None(),
                ModelFixture.RIDGE,
                new FoldIn.Ridge(0, 0.1, 0, new Confidence.Logarithmic(2, 1e-8), 3.5, FoldIn.Target.VALUE, true),
                new FoldIn.WeightedRidge((FoldIn.Ridge) ModelFixture.RIDGE, 0.5, 1.0 / 3, true),
                new FoldIn.WeightedRidge((FoldIn.Ridge) ModelFixture.RIDGE, 0, 3, false, true, 2.5),
                new FoldIn.Gradient(FoldIn.Loss.BPR, 10, 0.05, 0.01, 4, Double.NEGATIVE_INFINITY),
                new FoldIn.Gradient(FoldIn.Loss.LOGISTIC, 1, 1e-300, 0, 1, -0.0),
                new FoldIn.Gradient(FoldIn.Loss.BPR, 10, 0.05, 0.01, 4, 0, 2.5, 30, 20));
        for (FoldIn law : laws) {
            EmbeddingModel model = EmbeddingModel.builder(ModelFixture.random(1, 3, 4), ModelFixture.random(2, 2, 4))
                    .foldIn(law)
                    .build();
            try (PendingVersion pending = store.begin("movies")) {
                VersionWriter.write(pending.directory(), pending.id(), model, USERS, ITEMS);
                try (Version version = pending.publish(ModelFixture.metadata())) {
                    assertThat(version.embedding().orElseThrow().foldIn()).isEqualTo(law);
                }
            }
        }
    }

    @Test
    void weightedRidgeOfAnEarlierDay_isReadAsWithoutWhatCameLater() throws IOException {
        FoldIn.WeightedRidge law = new FoldIn.WeightedRidge((FoldIn.Ridge) ModelFixture.RIDGE, 0.5, 3, true);
        ObjectNode json = StoreJson.MAPPER.valueToTree(law);
        json.remove(List.of("normalizedItems", "recencyHalfLife"));
        assertThat(json.properties()).hasSize(5);
        assertThat(StoreJson.MAPPER.treeToValue(json, FoldIn.class)).isEqualTo(law);
    }

    @Test
    void gradientOfAnEarlierDay_isReadAsWithoutRecency() throws IOException {
        FoldIn.Gradient law = new FoldIn.Gradient(FoldIn.Loss.WARP, 10, 0.05, 0.01, 4, 1);
        ObjectNode json = StoreJson.MAPPER.valueToTree(law);
        json.remove(List.of("recencyHalfLife", "recentPasses", "recentCandidates"));
        assertThat(json.properties()).hasSize(7);
        assertThat(StoreJson.MAPPER.treeToValue(json, FoldIn.class)).isEqualTo(law);
    }

    @Test
    void itemWeights_areKept() throws IOException {
        FloatMatrix weights = ModelFixture.random(3, 2, 1);
        EmbeddingModel model = EmbeddingModel.builder(ModelFixture.random(1, 3, 4), ModelFixture.random(2, 2, 4))
                .itemWeights(weights)
                .build();
        try (PendingVersion pending = store.begin("movies")) {
            VersionWriter.write(pending.directory(), pending.id(), model, USERS, ITEMS);
            try (Version version = pending.publish(ModelFixture.metadata())) {
                FloatMatrix kept =
                        version.embedding().orElseThrow().itemWeights().orElseThrow();
                assertThat(kept.segment().mismatch(weights.segment())).isEqualTo(-1);
            }
        }
    }

    /** A model that writes one section of a given name. */
    private record Scoring(String section) implements ScoringModel {

        @Override
        public int itemCount() {
            return 2;
        }

        @Override
        public void score(History history, float[] scores) {}

        @Override
        public void write(SectionWriter sections) throws IOException {
            sections.write(new Section(section, ElementType.INT32, 2, 1, MemorySegment.ofArray(new int[] {5, 6})));
        }
    }

    @Test
    void scoringModel_givesItsSectionsBack() throws IOException {
        try (PendingVersion pending = store.begin("movies")) {
            Section extra = new Section("popularity", ElementType.FLOAT64, 1, 1, MemorySegment.ofArray(new double[1]));
            VersionWriter.write(pending.directory(), pending.id(), new Scoring("counts"), USERS, ITEMS, List.of(extra));
            try (Version version = pending.publish(ModelFixture.metadata())) {
                assertThat(version.embedding()).isEmpty();
                assertThat(version.manifest().content().kind()).isEqualTo(ModelKind.SCORING);
                assertThat(version.sections().read("counts").data().get(FloatMatrix.ELEMENT, 4))
                        .isEqualTo(Float.intBitsToFloat(6));
                assertThat(version.findSection("popularity")).isPresent();
                assertThat(version.findSection("other")).isEmpty();
            }
        }
    }

    @Test
    void reservedSectionName_isRefused() throws IOException {
        try (PendingVersion pending = store.begin("movies")) {
            assertThatThrownBy(() -> VersionWriter.write(
                            pending.directory(), pending.id(), new Scoring("user_ids_bytes"), USERS, ITEMS))
                    .hasMessageContaining("'user_ids_bytes' is the host's");
        }
    }

    @Test
    void modelThatDoesNotFitTheIds_isRefused() throws IOException {
        try (PendingVersion pending = store.begin("movies")) {
            assertThatThrownBy(() -> VersionWriter.write(
                            pending.directory(), pending.id(), ModelFixture.embedding(1), USERS, USERS))
                    .hasMessageContaining("2 items, expected one for each of the 3 ids");
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void numberThatIsNotFinite_isNotPublished(float bad) throws IOException {
        FloatMatrix items = ModelFixture.random(2, 2, 4);
        items.set(1, 3, bad);
        EmbeddingModel model =
                EmbeddingModel.builder(ModelFixture.random(1, 3, 4), items).build();
        try (PendingVersion pending = store.begin("movies")) {
            VersionWriter.write(pending.directory(), pending.id(), model, USERS, ITEMS);
            assertThatThrownBy(() -> pending.publish(ModelFixture.metadata()))
                    .isInstanceOf(PreconditionException.class)
                    .hasMessageContaining("'movies@1'")
                    .hasMessageContaining("item_factors row 1 column 3 is not a finite number");
        }
        assertThat(store.versions("movies")).isEmpty();
        assertThat(ModelFixture.files(root.resolve("movies/versions"))).isEmpty();
    }

    @Test
    void filesOfAnotherVersionOrUnknownOnes_areNotPublished() throws IOException {
        try (PendingVersion first = store.begin("movies");
                PendingVersion second = store.begin("movies")) {
            ModelFixture.write(first);
            ModelFixture.write(second);
            Files.writeString(first.directory().resolve("notes.txt"), "x");
            assertThatThrownBy(() -> first.publish(ModelFixture.metadata()))
                    .isInstanceOf(CorruptException.class)
                    .hasMessageContaining("notes.txt");
            Files.delete(first.directory().resolve("notes.txt"));
            Files.delete(first.directory().resolve("item_factors.section"));
            assertThatThrownBy(() -> first.publish(ModelFixture.metadata()))
                    .isInstanceOf(CorruptException.class)
                    .hasMessageContaining("section item_factors is missing");
            Files.copy(
                    second.directory().resolve("item_factors.section"),
                    first.directory().resolve("item_factors.section"));
            assertThatThrownBy(() -> first.publish(ModelFixture.metadata()))
                    .isInstanceOf(CorruptException.class)
                    .hasMessageContaining("the object id is 'movies@2', expected 'movies@1'");
        }
    }

    @Test
    void nothingWritten_isNotPublished() {
        try (PendingVersion pending = store.begin("movies")) {
            assertThatThrownBy(() -> pending.publish(ModelFixture.metadata()))
                    .isInstanceOf(CorruptException.class)
                    .hasMessageContaining("content.json");
        }
    }

    @Test
    void endedVersion_cannotBePublishedAgain() throws IOException {
        try (PendingVersion pending = store.begin("movies")) {
            ModelFixture.write(pending);
            pending.publish(ModelFixture.metadata()).close();
            assertThatThrownBy(() -> pending.publish(ModelFixture.metadata()))
                    .isInstanceOf(PreconditionException.class);
        }
        assertThat(ModelFixture.opens(store, 1)).isTrue();
    }

    @Test
    void numbers_areNeverGivenAgain() throws IOException {
        store.begin("movies").close();
        assertThat(ModelFixture.publish(store)).isEqualTo(2);
        store.deleteVersion("movies", 2, "ada", "old");
        store = ModelFixture.open(root);
        assertThat(ModelFixture.publish(store)).isEqualTo(3);
        store.deleteVersion("movies", 3, "ada", "old");
        Files.delete(root.resolve("movies/numbers.json"));
        Files.writeString(root.resolve("movies/aliases.json"), "garbage");
        assertThat(ModelFixture.publish(ModelFixture.open(root))).isEqualTo(4);
    }

    @Test
    void openVersion_outlivesItsDeletion() throws IOException {
        ModelFixture.publish(store);
        try (Version version = store.open("movies", 1)) {
            store.deleteVersion("movies", 1, "ada", "old");
            assertThatThrownBy(() -> store.open("movies", 1))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining("'movies@1'");
            assertThat(version.embedding().orElseThrow().users().get(2, 3)).isFinite();
        }
    }

    @Test
    void closedVersion_refusesReads() throws IOException {
        ModelFixture.publish(store);
        Version version = store.open("movies", 1);
        FloatMatrix users = version.embedding().orElseThrow().users();
        version.close();
        version.close();
        assertThatThrownBy(() -> users.get(0, 0)).isInstanceOf(IllegalStateException.class);
    }
}
