package dev.latent.server.serving;

import dev.latent.interactions.TypeWeights;
import dev.latent.storage.IdIndex;
import dev.latent.storage.StringTable;

/**
 * How a version reads the interactions of its dataset.
 *
 * @param dataset name of the dataset it was trained on
 * @param typeWeights weight of each interaction type in training
 * @param itemIds ids of the items it knows, by number: those it was trained on, then {@link NewItems}
 * @param items their numbers
 */
record VersionInputs(String dataset, TypeWeights typeWeights, StringTable itemIds, IdIndex items) {}
