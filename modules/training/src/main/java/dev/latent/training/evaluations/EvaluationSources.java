package dev.latent.training.evaluations;

import dev.latent.interactions.InteractionStore;
import dev.latent.interactions.SnapshotFiles;
import dev.latent.interactions.SnapshotInfo;
import dev.latent.interactions.SnapshotOptions;
import dev.latent.interactions.TypeWeights;
import dev.latent.models.EvaluationFacts.Basis;
import dev.latent.models.Manifest;
import dev.latent.models.ModelKind;
import dev.latent.models.ModelStore;
import dev.latent.models.TrainingFacts;
import dev.latent.plugins.LoadedAlgorithm;
import dev.latent.plugins.PluginRegistry;
import dev.latent.training.evaluations.EvaluationFailedException.Reason;
import dev.latent.training.evaluations.EvaluationTask.PluginFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Writes down what an evaluation works on: snapshots of the version's dataset, and where the plugins are. */
final class EvaluationSources {

    private static final String EASE = "ease";

    private final InteractionStore interactions;
    private final ModelStore models;
    private final PluginRegistry plugins;

    EvaluationSources(InteractionStore interactions, ModelStore models, PluginRegistry plugins) {
        this.interactions = interactions;
        this.models = models;
        this.plugins = plugins;
    }

    /**
     * What a version is taken to have been trained on.
     *
     * @param history a snapshot
     * @param basis why
     */
    private record History(Path history, Basis basis) {}

    /** Prepares the task of an evaluation in a directory of its own. */
    EvaluationTask prepare(EvaluationSpec spec, Manifest manifest, Path directory) throws IOException {
        TrainingFacts training = manifest.metadata().training();
        boolean isOfVersion = spec.protocol().isOfVersion();
        boolean isLater = isOfVersion && spec.protocol().test().isEmpty();
        long until = manifest.createdAt().getEpochSecond();
        Path now = directory.resolve("now");
        Optional<History> history =
                isOfVersion ? Optional.of(history(training, until, directory, now)) : Optional.empty();
        boolean needsNow = isLater || !isOfVersion;
        if (needsNow && !Files.exists(now)) {
            checkSomething(training, write(training, SnapshotOptions.ALWAYS, now));
        }
        return new EvaluationTask(
                spec,
                models.root().toAbsolutePath().toString(),
                history.map(found -> found.history().toString()),
                history.map(History::basis).orElse(Basis.HELD_OUT),
                until,
                needsNow ? Optional.of(now.toString()) : Optional.empty(),
                algorithm(manifest, isOfVersion),
                spec.baselines() ? plugins.find(EASE).map(EvaluationSources::file) : Optional.empty());
    }

    /** What the version was trained on, when the dataset still shows it, else what was there when it was sealed. */
    private History history(TrainingFacts training, long until, Path directory, Path now) throws IOException {
        Path before = directory.resolve("until");
        String trainedOn = training.snapshotFingerprint();
        if (write(training, until, before).fingerprint().equals(trainedOn)) {
            return new History(before, Basis.EXACT);
        }
        if (write(training, SnapshotOptions.ALWAYS, now).fingerprint().equals(trainedOn)) {
            return new History(now, Basis.EXACT);
        }
        return new History(before, trainedOn.isEmpty() ? Basis.UNKNOWN : Basis.BY_TIME);
    }

    private SnapshotInfo write(TrainingFacts training, long until, Path directory) throws IOException {
        SnapshotOptions options = new SnapshotOptions(TypeWeights.of(training.typeWeights()), until);
        return SnapshotFiles.write(interactions, training.dataset(), options, directory);
    }

    private static void checkSomething(TrainingFacts training, SnapshotInfo info) {
        if (info.interactions() == 0) {
            throw new EvaluationFailedException(
                    Reason.STATE,
                    "Dataset '" + training.dataset() + "' has no interactions that its version counts; import some with"
                            + " 'latent import " + training.dataset() + " FILE', or give a test file (--test)");
        }
    }

    private Optional<PluginFile> algorithm(Manifest manifest, boolean isOfVersion) {
        if (isOfVersion && manifest.content().kind() == ModelKind.EMBEDDING) {
            return Optional.empty();
        }
        String name = manifest.metadata().algorithm().name();
        LoadedAlgorithm algorithm = plugins.find(name)
                .orElseThrow(() -> new EvaluationFailedException(
                        Reason.STATE,
                        "No loaded plugin has the algorithm '" + name + "' of " + manifest.id() + ", which this"
                                + " evaluation needs: put its jar into the plugins folder, or measure a version with"
                                + " vectors as it is, by protocol given or temporal"));
        return Optional.of(file(algorithm));
    }

    private static PluginFile file(LoadedAlgorithm algorithm) {
        return new PluginFile(algorithm.pluginPath().toString(), algorithm.sha256(), algorithm.name());
    }
}
