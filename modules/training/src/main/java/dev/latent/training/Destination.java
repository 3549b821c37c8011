package dev.latent.training;

/**
 * Where the pieces of a new version go.
 *
 * @param directory of a pending version
 * @param objectId of the version, for example {@code movies@7}
 */
record Destination(String directory, String objectId) {}
