package dev.latent.server.serving;

import dev.latent.interactions.TypeWeights;
import dev.latent.storage.IdIndex;

/**
 * How a version reads the interactions of its dataset.
 *
 * @param dataset name of the dataset it was trained on
 * @param typeWeights weight of each interaction type in training
 * @param items numbers of the items it knows
 */
record VersionInputs(String dataset, TypeWeights typeWeights, IdIndex items) {}
