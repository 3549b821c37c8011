package dev.latent.models;

/** What a version needs to be served; stored by name. */
public enum ModelKind {
    /** Served by the host from vectors. */
    EMBEDDING,
    /** Served by its plugin's code. */
    SCORING
}
