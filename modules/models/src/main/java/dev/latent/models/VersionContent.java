package dev.latent.models;

import dev.latent.spi.FoldIn;

/**
 * What a version holds, beside its sections.
 *
 * @param kind what it needs to be served
 * @param users number of users, at least 0
 * @param items number of items, at least 0
 * @param rank number of factors; 0 for {@link ModelKind#SCORING}
 * @param offset added to every score; 0 for {@link ModelKind#SCORING}
 * @param foldIn how a user that was not trained on gets a vector
 */
public record VersionContent(ModelKind kind, long users, long items, int rank, float offset, FoldIn foldIn) {

    /** Checks the ranges. */
    public VersionContent {
        if (users < 0 || items < 0 || items > Integer.MAX_VALUE || rank < 0 || !Float.isFinite(offset)) {
            throw new IllegalArgumentException("A version cannot hold " + users + " users, " + items + " items, rank "
                    + rank + ", offset " + offset);
        }
    }
}
