package dev.latent.training;

import dev.latent.models.Manifest;
import dev.latent.models.ModelStore;
import dev.latent.models.ModelStoreException;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * Finds the version that a run has published when the host stopped before it could say so.
 *
 * @param models of the home
 */
record PublishedRuns(ModelStore models) {

    OptionalInt version(Run run) {
        Instant since = run.started().orElse(run.created());
        try {
            return models.versions(run.model()).stream()
                    .flatMap(info -> info.manifest().stream())
                    .filter(manifest -> manifest.metadata().run().equals(run.id())
                            && !manifest.createdAt().isBefore(since))
                    .mapToInt(Manifest::version)
                    .findFirst();
        } catch (ModelStoreException e) {
            return OptionalInt.empty(); // the model is gone, and its versions with it
        }
    }
}
