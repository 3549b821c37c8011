package dev.latent.models;

/**
 * What a run tells about the version it made.
 *
 * @param run its id
 * @param requestedBy who asked for it
 * @param algorithm which code trained it
 * @param training on what and how
 * @param holdout how it did
 */
public record VersionMetadata(
        String run, String requestedBy, AlgorithmIdentity algorithm, TrainingFacts training, HoldoutFacts holdout) {}
