package dev.latent.exchange;

/** A format that embeddings are written in. */
public enum EmbeddingFormat {
    /** One {@code .npz} of all parts. */
    NPZ,
    /** An {@code .npy} for vectors and biases each, and ids as text with one a line. */
    NPY,
    /** Text of word2vec: a file for users and one for items, ids included; no biases. */
    WORD2VEC,
    /** Parquet: a file for users and one for items, ids and biases included. */
    PARQUET
}
