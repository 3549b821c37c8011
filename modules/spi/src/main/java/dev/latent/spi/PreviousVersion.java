package dev.latent.spi;

/**
 * An earlier version to start training from, with how its users and items map to today's.
 *
 * @param model the earlier embeddings
 * @param users for each user of today's snapshot the row in {@code model}, or -1 when it had none; not to be modified
 * @param items for each item of today's snapshot the row in {@code model}, or -1 when it had none; not to be modified
 */
@SuppressWarnings("ArrayRecordComponent")
public record PreviousVersion(EmbeddingModel model, int[] users, int[] items) {}
