package dev.latent.server.serving;

import dev.latent.interactions.InteractionStore;
import dev.latent.models.ModelStore;
import dev.latent.models.Version;
import dev.latent.plugins.LoadedAlgorithm;
import dev.latent.plugins.PluginRegistry;
import dev.latent.server.errors.ApiException;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.ScoringModel;
import dev.latent.storage.IdIndex;
import dev.latent.storage.StringTable;
import io.grpc.Status.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.util.Map;
import java.util.Optional;

/** Opens a version for serving and warms it: slow, so never on the request path. Thread-safe. */
final class ViewLoader {

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
        Version opened = models.open(model, number);
        OpenVersion version;
        try {
            version = new OpenVersion(opened);
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
        ServingView view;
        try {
            String revision = revision(version.dataset());
            view = view(items(version, NewItems.read(interactions, version)), revision);
        } finally {
            version.release(); // what was made of it holds it
        }
        try {
            new WarmUp(view, opened, options.warmUp()).run();
            return view;
        } catch (RuntimeException | Error e) {
            view.release();
            throw e;
        }
    }

    /**
     * Makes a view of the same version on the item records as they are now. What does not depend on them is shared, so this
     * costs a pass over the records; and one over the vectors when the items have changed of which only features are known.
     *
     * @param view held by the caller, left as it is
     * @return a view, held once by the caller
     */
    ServingView renew(ServingView view) {
        VersionItems before = view.items();
        String revision = revision(view.dataset());
        NewItems added = NewItems.read(interactions, before.version());
        VersionItems items = added.isSameAs(before.added()) ? before.hold() : items(before.version(), added);
        return view(items, revision);
    }

    /** Whether the dataset has changed since a view read its item records. */
    boolean isStale(ServingView view) {
        return !revision(view.dataset()).equals(view.revision());
    }

    private String revision(String dataset) {
        return interactions.findDataset(dataset).isPresent() ? interactions.revision(dataset) : "";
    }

    private ServingView view(VersionItems items, String revision) {
        try {
            ItemCatalogue catalogue =
                    ItemCatalogue.read(interactions, items.version().dataset(), items.numbers(), items.count());
            return new ServingView(items, catalogue, revision);
        } catch (RuntimeException | Error e) {
            items.release();
            throw e;
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // closed with what is made of it
    private VersionItems items(OpenVersion version, NewItems added) {
        Arena memory = Arena.ofShared();
        OpenVersion held = version.hold();
        try {
            return items(held, added, memory);
        } catch (RuntimeException | Error e) {
            memory.close();
            held.release();
            throw e;
        }
    }

    private VersionItems items(OpenVersion version, NewItems added, Arena memory) {
        Version opened = version.version();
        StringTable ids = added.isEmpty() ? opened.items() : added.behind(opened.items());
        IdIndex numbers = added.isEmpty() ? version.items() : IdIndex.of(ids);
        VersionInputs inputs = new VersionInputs(version.dataset(), version.typeWeights(), ids, numbers);
        Optional<EmbeddingModel> embedding =
                added.isEmpty() ? opened.embedding() : opened.embedding().map(model -> added.behind(model, memory));
        UserVectors vectors = embedding
                .map(model -> UserVectors.of(
                        version.users(), version.counts(OpenVersion.USER_COUNTS), model, version.userFeatures()))
                .orElseGet(() -> UserVectors.none(version.users()));
        VersionScorer scorer = embedding
                .<VersionScorer>map(EmbeddingScorer::new)
                .orElseGet(() -> new HistoryScorer(reopen(opened, Math.toIntExact(ids.size()))));
        Subjects subjects = new Subjects(interactions, inputs, vectors, options.cachedUsers());
        return new VersionItems(version, added, inputs, scorer, subjects, memory);
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
}
