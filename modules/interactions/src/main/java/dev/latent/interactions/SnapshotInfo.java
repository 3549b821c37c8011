package dev.latent.interactions;

/**
 * What a snapshot says of itself, {@code snapshot.json}.
 *
 * @param formatVersion of the files, 1
 * @param dataset what it is a copy of
 * @param users number of users, each with at least one interaction
 * @param items number of items, each with at least one interaction
 * @param interactions number of (user, item) pairs
 * @param features number of item features (categories), 0 when there are none
 * @param times whether any interaction has a time
 * @param fingerprint hash of the content, lower-case hexadecimal
 */
public record SnapshotInfo(
        int formatVersion,
        String dataset,
        int users,
        int items,
        long interactions,
        int features,
        boolean times,
        String fingerprint) {}
