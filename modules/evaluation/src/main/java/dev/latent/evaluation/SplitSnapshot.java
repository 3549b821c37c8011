package dev.latent.evaluation;

import dev.latent.spi.Snapshot;

/**
 * The two parts of a snapshot, with the same numbering of users and items. To cut a validation part as well, apply a split
 * to {@code train}.
 *
 * @param train what to learn from
 * @param test what to measure with
 */
public record SplitSnapshot(Snapshot train, Snapshot test) {}
