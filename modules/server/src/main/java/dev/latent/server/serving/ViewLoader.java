package dev.latent.server.serving;

import dev.latent.interactions.InteractionStore;
import dev.latent.interactions.TypeWeights;
import dev.latent.models.Manifest;
import dev.latent.models.ModelStore;
import dev.latent.models.TrainingFacts;
import dev.latent.models.Version;
import dev.latent.plugins.LoadedAlgorithm;
import dev.latent.plugins.PluginRegistry;
import dev.latent.server.errors.ApiException;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.ScoringModel;
import dev.latent.spi.Section;
import dev.latent.spi.SparseRows;
import dev.latent.storage.IdIndex;
import io.grpc.Status.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** Opens a version for serving and warms it: slow, so never on the request path. Thread-safe. */
final class ViewLoader {

    /** Section of a version with the number of items in each user's training history. */
    static final String USER_COUNTS = "user_counts";

    /** Section of a version with the number of users in each item's training history. */
    static final String ITEM_COUNTS = "item_counts";

    private final ModelStore models;
    private final InteractionStore interactions;
    private final PluginRegistry plugins;
    private final ServingOptions options;

    ViewLoader(ModelStore models, InteractionStore interactions, PluginRegistry plugins, ServingOptions options) {
        this.models = models;
        this.interactions = interactions;
        this.plugins = plugins;
        this.options = options;
    }

    /**
     * Opens and warms a version.
     *
     * @return a view, held once by the caller
     * @throws RuntimeException when the version is damaged or its plugin is not there; then nothing stays open
     */
    ServingView load(String model, int number) {
        Version version = models.open(model, number);
        try {
            ServingView view = view(version);
            new WarmUp(view, version, options.warmUp()).run();
            return view;
        } catch (RuntimeException | Error e) {
            version.close();
            throw e;
        }
    }

    private ServingView view(Version version) {
        Manifest manifest = version.manifest();
        IdIndex users = IdIndex.of(version.users());
        TrainingFacts training = manifest.metadata().training();
        NewItems items = NewItems.read(interactions, training.dataset(), version);
        int itemCount = Math.toIntExact(items.ids().size());
        VersionInputs inputs = new VersionInputs(training.dataset(), typeWeights(training), items.ids(), items.index());
        Optional<EmbeddingModel> embedding = items.embedding();
        UserVectors vectors = embedding
                .map(model -> UserVectors.of(users, counts(version, USER_COUNTS), model))
                .orElseGet(() -> UserVectors.none(users));
        VersionScorer scorer = embedding
                .<VersionScorer>map(EmbeddingScorer::new)
                .orElseGet(() -> new HistoryScorer(reopen(version, itemCount)));
        return new ServingView(
                version,
                scorer,
                new Subjects(interactions, inputs, vectors, options.cachedUsers()),
                inputs,
                popularity(version, itemCount),
                ItemCatalogue.read(interactions, inputs.dataset(), items.index(), itemCount));
    }

    private static TypeWeights typeWeights(TrainingFacts training) {
        return training.typeWeights().isEmpty() ? TypeWeights.ALL : TypeWeights.of(training.typeWeights());
    }

    private ScoringModel reopen(Version version, int itemCount) {
        String name = version.manifest().metadata().algorithm().name();
        LoadedAlgorithm algorithm = plugins.find(name)
                .orElseThrow(() -> ApiException.of(
                        Code.FAILED_PRECONDITION,
                        "PLUGIN_MISSING",
                        "Version " + version.id() + " scores by the code of algorithm '" + name
                                + "', which no loaded plugin has; put its jar back into the plugins folder",
                        Map.of("version", version.id(), "algorithm", name)));
        try {
            ScoringModel model = algorithm.reopen(version.sections());
            if (model.itemCount() != itemCount) {
                throw ApiException.of(
                        Code.FAILED_PRECONDITION,
                        "PLUGIN_MISMATCH",
                        "Algorithm '" + name + "' " + algorithm.pluginVersion() + " reopened " + version.id() + " with "
                                + model.itemCount() + " items, expected " + itemCount + "; train a new version with it",
                        Map.of("version", version.id(), "algorithm", name));
            }
            return model;
        } catch (IOException e) {
            throw new UncheckedIOException("Algorithm '" + name + "' cannot reopen " + version.id(), e);
        }
    }

    private static int[] counts(Version version, String section) {
        Optional<Section> stored = version.findSection(section);
        return stored.map(found -> {
                    int[] counts = new int[Math.toIntExact(found.rows())];
                    for (int row = 0; row < counts.length; row++) {
                        counts[row] = found.data().get(SparseRows.INT32, (long) row * Integer.BYTES);
                    }
                    return counts;
                })
                .orElse(new int[0]);
    }

    private static float[] popularity(Version version, int itemCount) {
        int[] counts = counts(version, ITEM_COUNTS);
        float[] popularity = new float[itemCount];
        for (int item = 0; item < counts.length; item++) {
            popularity[item] = counts[item];
        }
        return popularity;
    }
}
