package dev.latent.training.evaluations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.latent.interactions.Interaction;
import dev.latent.interactions.InteractionFile.Layout;
import dev.latent.interactions.InteractionStore;
import dev.latent.interactions.RepeatPolicy;
import dev.latent.interactions.SnapshotFiles;
import dev.latent.interactions.SnapshotOptions;
import dev.latent.models.AlgorithmIdentity;
import dev.latent.models.EvaluationFacts;
import dev.latent.models.EvaluationFacts.Basis;
import dev.latent.models.HoldoutFacts;
import dev.latent.models.Manifest;
import dev.latent.models.ModelDefinition;
import dev.latent.models.ModelStore;
import dev.latent.models.PendingVersion;
import dev.latent.models.TrainingFacts;
import dev.latent.models.Version;
import dev.latent.models.VersionMetadata;
import dev.latent.models.VersionWriter;
import dev.latent.plugins.PluginRegistry;
import dev.latent.spi.Confidence;
import dev.latent.spi.ElementType;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.FoldIn;
import dev.latent.spi.Section;
import dev.latent.spi.SparseRows;
import dev.latent.spi.Task;
import dev.latent.storage.FileOperations;
import dev.latent.storage.StringTable;
import dev.latent.training.HistoryCounts;
import dev.latent.training.offline.EvaluationProtocol.Sizes;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions with vectors of one factor: every user likes a before b before c before d. */
class EvaluationWorkTest {

    private static final long SEALED = 1_000;
    private static final List<String> USERS = List.of("ann", "bob");
    private static final List<String> ITEMS = List.of("a", "b", "c", "d");

    @TempDir
    private Path home;

    private InteractionStore interactions;
    private ModelStore models;
    private PluginRegistry plugins;
    private int works;
    private Map<String, String> hyperparameters = Map.of();

    @BeforeEach
    void open() {
        interactions = InteractionStore.open(home.resolve("interactions"), InteractionStore.Options.defaults());
        interactions.createDataset("films", RepeatPolicy.LAST);
        models = ModelStore.open(
                home.resolve("models"),
                FileOperations.system(),
                Clock.fixed(Instant.ofEpochSecond(SEALED), ZoneOffset.UTC));
        models.create(ModelDefinition.of("films", "films", "wals", Map.of()));
        plugins = PluginRegistry.open(List.of(), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        plugins.close();
        interactions.close();
    }

    private void write(String user, String item, long time) {
        write(user, item, 1, time);
    }

    private void write(String user, String item, float value, long time) {
        interactions.append("films", List.of(new Interaction(user, item, value, time, "view")));
    }

    /** Publishes a version that was trained on the dataset as it is. */
    private int publish(int... userCounts) throws IOException {
        Path snapshot = home.resolve("trained" + works++);
        return publish(
                SnapshotFiles.write(interactions, "films", SnapshotOptions.defaults(), snapshot)
                        .fingerprint(),
                userCounts);
    }

    private int publish(String fingerprint, int... userCounts) throws IOException {
        FloatMatrix users = FloatMatrix.allocate(Arena.ofAuto(), USERS.size(), 1);
        FloatMatrix items = FloatMatrix.allocate(Arena.ofAuto(), ITEMS.size(), 1);
        for (int user = 0; user < USERS.size(); user++) {
            users.set(user, 0, 1);
        }
        for (int item = 0; item < ITEMS.size(); item++) {
            items.set(item, 0, 1f / (1 + item));
        }
        EmbeddingModel model = EmbeddingModel.builder(users, items)
                .foldIn(new FoldIn.Ridge(0.1, 0.1, 0, new Confidence.Linear(1), 0, FoldIn.Target.ONE, false))
                .build();
        try (PendingVersion pending = models.begin("films")) {
            VersionWriter.write(
                    pending.directory(),
                    pending.id(),
                    model,
                    StringTable.of(USERS),
                    StringTable.of(ITEMS),
                    userCounts.length == 0 ? List.of() : List.of(counts(userCounts)));
            try (Version version = pending.publish(metadata(fingerprint))) {
                return version.manifest().version();
            }
        }
    }

    private static Section counts(int[] counts) {
        MemorySegment data = Arena.ofAuto().allocate((long) counts.length * Integer.BYTES, Long.BYTES);
        for (int row = 0; row < counts.length; row++) {
            data.set(SparseRows.INT32, (long) row * Integer.BYTES, counts[row]);
        }
        return new Section(HistoryCounts.USERS, ElementType.INT32, counts.length, 1, data);
    }

    private VersionMetadata metadata(String fingerprint) {
        return new VersionMetadata(
                "run",
                "ada",
                new AlgorithmIdentity("wals", "1", "1.0", ""),
                new TrainingFacts(Task.RANKING, hyperparameters, 1, "films", Map.of(), fingerprint, 1, 1),
                HoldoutFacts.none());
    }

    private VersionProtocol given(String... lines) throws IOException {
        Path test = Files.writeString(home.resolve("test"), String.join("\n", lines) + "\n");
        return VersionProtocol.given(test, Optional.empty(), Layout.TABLE);
    }

    private static VersionProtocol of(String name) {
        return VersionProtocol.of(name, Sizes.DEFAULTS);
    }

    private EvaluationFacts evaluate(int version, VersionProtocol protocol) throws IOException {
        Path directory = Files.createDirectory(home.resolve("work" + works++));
        EvaluationSpec spec =
                new EvaluationSpec("films", version, protocol, List.of("mrr", "recall@1", "mae"), true, 1, 2, "ada");
        Manifest manifest = models.version("films", version).manifest().orElseThrow();
        EvaluationTask task = new EvaluationSources(interactions, models, plugins).prepare(spec, manifest, directory);
        return EvaluationWork.run(task, _ -> {});
    }

    @Test
    void givenTest_isRankedByTheVersionsOwnVectorsWithoutWhatItWasTrainedOn() throws IOException {
        write("ann", "a", 0.25f, 10); // ratings are predicted within the range of the training's
        write("bob", "b", 10);
        EvaluationFacts facts = evaluate(publish(), given("ann,b", "ann,a", "bob,d"));

        assertThat(facts.subject()).isEqualTo(EvaluationFacts.Subject.VERSION);
        assertThat(facts.leakage()).isEqualTo(new EvaluationFacts.Leakage(Basis.EXACT, 3, 1));
        assertThat(facts.users()).isEqualTo(2);
        // ann: b, c, d with b wanted; bob: a, c, d with d wanted.
        assertThat(facts.metrics().get("mrr")).isEqualTo((1 + 1 / 3.0) / 2, within(1e-9));
        assertThat(facts.metrics()).containsEntry("recall@1", 0.5);
        assertThat(facts.metrics().get("mae")).isEqualTo((0.5 + 0.75) / 2, within(1e-6));
        assertThat(facts.denominators()).containsEntry("seen_interactions", 1L).containsEntry("test_interactions", 2L);
        assertThat(facts.baselines()).containsKey("popularity");
    }

    @Test
    void testOfNothingButTheTraining_isRefused() throws IOException {
        write("ann", "a", 10);
        int version = publish();

        assertThatThrownBy(() -> evaluate(version, given("ann,a")))
                .isInstanceOf(EvaluationFailedException.class)
                .hasMessageContaining("Of 1 test interactions 1 are among those of dataset 'films' that films@1")
                .hasMessageContaining("the dataset still holds exactly that");
    }

    @Test
    void whatWasTrainedOnAndRepeatedSince_isNotTakenForUnseen() throws IOException {
        write("ann", "a", 10);
        int version = publish();
        write("ann", "a", SEALED + 5);
        write("ann", "c", SEALED + 5);
        EvaluationFacts facts = evaluate(version, of("temporal"));

        assertThat(facts.leakage()).isEqualTo(new EvaluationFacts.Leakage(Basis.EXACT, 2, 1));
        assertThat(facts.metrics().get("mrr")).isEqualTo(0.5); // b, c, d: a stays left out
    }

    @Test
    void temporalWithoutLaterInteractions_isRefusedWithTheNextStep() throws IOException {
        write("ann", "a", 10);
        int version = publish();
        write("ann", "b", SEALED); // not later

        assertThatThrownBy(() -> evaluate(version, of("temporal")))
                .hasMessageContaining("has no interaction later than 1970-01-01T00:16:40Z, when films@1 was sealed")
                .hasMessageContaining("--test");
    }

    @Test
    void changedDataset_goesByTimeAndFoldsUnknownUsersIn() throws IOException {
        write("ann", "b", 10);
        int version = publish();
        write("new", "a", 20); // unknown to the version, yet known to be older
        write("new", "b", SEALED + 1);
        write("new", "z", SEALED + 1); // an item that the version does not have
        EvaluationFacts facts = evaluate(version, of("temporal"));

        assertThat(facts.leakage()).isEqualTo(new EvaluationFacts.Leakage(Basis.BY_TIME, 2, 0));
        assertThat(facts.users()).isEqualTo(1);
        assertThat(facts.metrics()).containsEntry("mrr", 1.0).containsEntry("recall@1", 0.5);
        assertThat(facts.denominators()).containsEntry("unknown_items", 1L);
    }

    @Test
    void trainingStampedInTheFuture_isKnownWhileTheDatasetIsAsItWas() throws IOException {
        write("ann", "a", SEALED + 100);
        EvaluationFacts facts = evaluate(publish(), given("ann,a", "ann,c"));

        assertThat(facts.leakage()).isEqualTo(new EvaluationFacts.Leakage(Basis.EXACT, 2, 1));
        assertThat(facts.metrics()).containsEntry("mrr", 0.5);
    }

    @Test
    void whatTheAlgorithmDidNotLearnAsLiked_isNotWanted() throws IOException {
        hyperparameters = Map.of("minimum_value", "0.5");
        write("ann", "a", 10);
        EvaluationFacts facts = evaluate(publish(), given("ann,b,0.25", "ann,d,1"));

        assertThat(facts.metrics().get("mrr")).isEqualTo(1 / 3.0, within(1e-9)); // d behind b and c
    }

    @Test
    void usersWhoseTrainingIsNotAllThereAnyMore_areLeftOut() throws IOException {
        write("ann", "a", SEALED + 100); // stamped in the future: trained on all the same
        write("ann", "b", 10);
        write("bob", "b", 10);
        int version = publish(2, 1);
        write("ann", "c", SEALED + 200);
        write("bob", "a", SEALED + 200);
        EvaluationFacts facts = evaluate(version, of("temporal"));

        assertThat(facts.leakage().basis()).isEqualTo(Basis.BY_TIME);
        assertThat(facts.denominators())
                .containsEntry("uncertain_interactions", 2L)
                .containsEntry("lists", 1L);
        assertThat(facts.metrics()).containsEntry("mrr", 1.0);
    }

    @Test
    void versionMadeElsewhere_saysThatItsTrainingIsUnknown() throws IOException {
        EvaluationFacts facts = evaluate(publish(""), given("ann,b"));

        assertThat(facts.leakage()).isEqualTo(new EvaluationFacts.Leakage(Basis.UNKNOWN, 1, 0));
        assertThat(facts.metrics()).containsEntry("mrr", 0.5);
        assertThat(facts.denominators()).containsEntry("unknown_items", 0L);
        assertThat(facts.notes().getFirst()).contains("it was made elsewhere, so that is not known");
    }

    @Test
    void candidates_areRankedAmongThemselves() throws IOException {
        write("ann", "a", 10);
        int version = publish();
        Path test = Files.writeString(home.resolve("test"), "ann,a\nann,c\n");
        Path negatives = Files.writeString(home.resolve("negatives"), "ann,b\nann,d,nowhere\n");
        EvaluationFacts facts = evaluate(version, VersionProtocol.given(test, Optional.of(negatives), Layout.TABLE));

        assertThat(facts.metrics()).containsEntry("mrr", 1.0); // c before d; the line of a is seen
        assertThat(facts.denominators()).containsEntry("lists", 1L);
    }

    @Test
    void usersThatNobodyKnows_leaveNothingToMeasure() throws IOException {
        write("ann", "a", 10);
        int version = publish();

        assertThatThrownBy(() -> evaluate(version, given("stranger,b")))
                .isInstanceOf(EvaluationFailedException.class)
                .hasMessageContaining("Nothing could be measured");
    }

    @Test
    void algorithmThatNoPluginHas_cannotBeTrainedAgain() throws IOException {
        write("ann", "a", 10);
        int version = publish();

        assertThatThrownBy(() -> evaluate(version, of("leave-last-out")))
                .hasMessageContaining("No loaded plugin has the algorithm 'wals' of films@1");
    }
}
