/**
 * Embeddings in the formats of others: NumPy {@code .npy} and {@code .npz}, Parquet, word2vec text, and lists of ids. Files
 * are mapped, never read into the heap, and nothing that a header says is believed before the file's length agrees.
 */
@NullMarked
package dev.latent.exchange;

import org.jspecify.annotations.NullMarked;
