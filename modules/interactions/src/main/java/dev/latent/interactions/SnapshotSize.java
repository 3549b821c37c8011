package dev.latent.interactions;

import dev.latent.spi.SnapshotShape;

/**
 * How large a snapshot of a dataset is, told without writing it.
 *
 * @param shape counts after repeats, types and their weights
 * @param bytes of its files, without their headers; while it is trained on they are in memory
 * @param exact whether the numbers are those of the snapshot; otherwise it has at most so many of each
 */
public record SnapshotSize(SnapshotShape shape, long bytes, boolean exact) {}
