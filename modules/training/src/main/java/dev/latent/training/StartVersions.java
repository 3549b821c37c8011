package dev.latent.training;

import dev.latent.models.Alias;
import dev.latent.models.Manifest;
import dev.latent.models.ModelKind;
import dev.latent.models.ModelStore;
import dev.latent.models.VersionInfo;
import java.util.List;

/**
 * Chooses the version that a run starts from and refuses one that it cannot start from.
 *
 * @param models of the home
 */
record StartVersions(ModelStore models) {

    private static final String LIVE = "live";

    /** Returns the number of the version; of {@link TrainingSpec#SERVED_VERSION} the live one, else the newest. */
    int resolve(String model, String algorithm, int asked) {
        int number = asked == TrainingSpec.SERVED_VERSION ? served(model) : asked;
        VersionInfo info = models.version(model, number);
        String name = model + "@" + number;
        Manifest manifest = info.manifest().orElseThrow(() -> new WarmStartException(name, info.problem()));
        String trainedBy = manifest.metadata().algorithm().name();
        if (manifest.content().kind() != ModelKind.EMBEDDING) {
            throw new WarmStartException(
                    name, "it has no user and item vectors; train without a warm start, or name a version that has");
        }
        if (!trainedBy.equals(algorithm)) {
            throw new WarmStartException(
                    name,
                    "algorithm '" + trainedBy + "' trained it, this run uses '" + algorithm
                            + "'; name a version of the same algorithm, or train without a warm start");
        }
        return number;
    }

    private int served(String model) {
        List<VersionInfo> versions = models.versions(model);
        return models.findAlias(model, LIVE)
                .map(Alias::version)
                .orElseGet(() -> versions.stream()
                        .map(VersionInfo::number)
                        .reduce((_, last) -> last)
                        .orElseThrow(() -> new WarmStartException(
                                model + "@live", "model '" + model + "' has no version yet; train one without it")));
    }
}
