package dev.latent.server.serving;

import dev.latent.interactions.Interaction;
import dev.latent.interactions.InteractionStore;
import dev.latent.interactions.ItemRecord;
import dev.latent.interactions.RepeatPolicy;
import dev.latent.models.AlgorithmIdentity;
import dev.latent.models.HoldoutFacts;
import dev.latent.models.ModelDefinition;
import dev.latent.models.ModelStore;
import dev.latent.models.PendingVersion;
import dev.latent.models.TrainingFacts;
import dev.latent.models.Version;
import dev.latent.models.VersionMetadata;
import dev.latent.models.VersionWriter;
import dev.latent.plugins.PluginRegistry;
import dev.latent.server.datasets.DatasetChanges;
import dev.latent.spi.Confidence;
import dev.latent.spi.ElementType;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.FoldIn;
import dev.latent.spi.Section;
import dev.latent.spi.SparseRows;
import dev.latent.spi.SpiVersion;
import dev.latent.spi.Task;
import dev.latent.storage.FileOperations;
import dev.latent.storage.StringTable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/**
 * A home with one dataset and one model. Ten items lie on two axes: items 0 to 4 on the first ("children"), 5 to 9 on the
 * second ("action"), the lower number of each longer; user {@code kid} has item 0, user {@code fan} item 5.
 */
final class ServingFixture implements AutoCloseable {

    static final String MODEL = "films";
    static final String DATASET = "ratings";
    static final int ITEMS = 10;
    static final FoldIn RIDGE = new FoldIn.Ridge(
            0.1, 0.01, 0, new Confidence.Linear(0), Double.NEGATIVE_INFINITY, FoldIn.Target.ONE, false);

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-07-01T12:00:00Z"), ZoneOffset.UTC);

    final InteractionStore interactions;
    final ModelStore models;
    final PluginRegistry plugins;
    final DatasetChanges changes = new DatasetChanges();
    final RecordedEvents events = new RecordedEvents();
    final ViewLoader loader;
    final ServingModels serving;

    ServingFixture(Path home) {
        interactions = InteractionStore.open(home.resolve("interactions"), InteractionStore.Options.defaults());
        models = ModelStore.open(home.resolve("models"), FileOperations.system(), CLOCK);
        plugins = PluginRegistry.open(List.of(), CLOCK);
        if (interactions.findDataset(DATASET).isEmpty()) {
            fill();
        }
        ServingOptions options = new ServingOptions(100, Duration.ZERO, Long.MAX_VALUE);
        loader = new ViewLoader(models, interactions, plugins, options);
        serving = new ServingModels(models, loader, events, changes);
    }

    private void fill() {
        interactions.createDataset(DATASET, RepeatPolicy.LAST);
        interactions.putItems(
                DATASET,
                IntStream.range(0, ITEMS).mapToObj(ServingFixture::item).toList());
        interactions.append(DATASET, List.of(liked("kid", 0), liked("fan", 5)));
        models.create(ModelDefinition.of(MODEL, DATASET, "wals", Map.of()));
    }

    private static ItemRecord item(int number) {
        String category = number < 5 ? "Children" : "Action";
        boolean available = number != 9;
        return new ItemRecord(id(number), "Film " + number, List.of(category), Map.of(), available);
    }

    static String id(int item) {
        return "i" + item;
    }

    static Interaction liked(String user, int item) {
        return new Interaction(user, id(item), 5, 100, "rating");
    }

    /** Publishes a version whose item vectors are scaled, so that its scores tell it from another. */
    int publish(float scale, FoldIn foldIn) throws IOException {
        return publish(scale, foldIn, Map.of());
    }

    /** Publishes a version that was trained on some types of interactions only. */
    int publish(float scale, FoldIn foldIn, Map<String, Float> typeWeights) throws IOException {
        try (Arena arena = Arena.ofConfined();
                PendingVersion pending = models.begin(MODEL)) {
            FloatMatrix users = matrix(arena, new float[][] {{0, 1}, {1, 0}});
            FloatMatrix items = FloatMatrix.allocate(arena, ITEMS, 2);
            for (int item = 0; item < ITEMS; item++) {
                items.set(item, item / 5, scale * (10 - item % 5));
            }
            FloatMatrix features = matrix(arena, new float[][] {{0, 2 * scale}, {1.5f * scale, 0}});
            EmbeddingModel model = EmbeddingModel.builder(users, items)
                    .foldIn(foldIn)
                    .itemFeatureFactors(features)
                    .userFeatureFactors(matrix(arena, new float[][] {{0, 1}, {3, 0}}))
                    .userFeatureBiases(matrix(arena, new float[][] {{0}, {0.5f}}))
                    .build();
            List<String> ids =
                    IntStream.range(0, ITEMS).mapToObj(ServingFixture::id).toList();
            VersionWriter.write(
                    pending.directory(),
                    pending.id(),
                    model,
                    StringTable.of(List.of("fan", "kid")),
                    StringTable.of(ids),
                    extras(arena));
            pending.publish(metadata(typeWeights)).close();
            return pending.number();
        }
    }

    private static FloatMatrix matrix(Arena arena, float[][] rows) {
        FloatMatrix matrix = FloatMatrix.allocate(arena, rows.length, rows[0].length);
        for (int row = 0; row < rows.length; row++) {
            matrix.writeRow(row, rows[row], 0);
        }
        return matrix;
    }

    private static List<Section> extras(Arena arena) {
        List<Section> extras =
                new ArrayList<>(StringTable.of(List.of("Action", "Children")).sections(Version.ITEM_FEATURE_NAMES));
        extras.addAll(StringTable.of(List.of("age=adult", "age=child")).sections(Version.USER_FEATURE_NAMES));
        extras.add(counts(arena, OpenVersion.USER_COUNTS, 1, 1));
        extras.add(counts(arena, OpenVersion.ITEM_COUNTS, 1, 2, 9, 4, 5, 6, 7, 8, 3, 10));
        return extras;
    }

    private static Section counts(Arena arena, String name, int... counts) {
        MemorySegment data = arena.allocate((long) counts.length * Integer.BYTES, 8);
        for (int row = 0; row < counts.length; row++) {
            data.set(SparseRows.INT32, (long) row * Integer.BYTES, counts[row]);
        }
        return new Section(name, ElementType.INT32, counts.length, 1, data);
    }

    private static VersionMetadata metadata(Map<String, Float> typeWeights) {
        return new VersionMetadata(
                "run-1",
                "test",
                new AlgorithmIdentity("wals", "1", SpiVersion.current(), "0".repeat(64)),
                new TrainingFacts(Task.RANKING, Map.of(), 1, DATASET, typeWeights, "ab", 1, 0.5),
                HoldoutFacts.none());
    }

    void promote(int version) {
        serving.promote(MODEL, ServingModels.LIVE, version, OptionalLong.empty(), "test", "");
    }

    /** Appends as the endpoint does. */
    void write(Interaction... written) {
        interactions.append(DATASET, List.of(written));
        for (Interaction interaction : written) {
            changes.userChanged(DATASET, interaction.userId());
        }
    }

    @Override
    public void close() {
        serving.close();
        plugins.close();
        interactions.close();
    }

    /** Keeps what serving reports. */
    static final class RecordedEvents implements ServingEvents {
        final List<String> heard = new CopyOnWriteArrayList<>();

        List<String> heard() {
            return new ArrayList<>(heard);
        }

        @Override
        public void swapped(String model, String alias, int version, Duration loadTime) {
            heard.add("swapped " + alias + " " + version);
        }

        @Override
        public void loadFailed(String model, String alias, int version) {
            heard.add("failed " + alias + " " + version);
        }

        @Override
        public void removed(String model, String alias) {
            heard.add("removed " + alias);
        }

        @Override
        public void moved(String model, String action, String result) {
            heard.add(action + " " + result);
        }

        @Override
        public void fallback(String model, String reason) {
            heard.add("fallback " + reason);
        }

        @Override
        public void foldedIn(String model) {
            heard.add("folded in");
        }
    }
}
