package dev.latent.server.serving;

import dev.latent.spi.History;

/**
 * Whom a request is about, as one version sees them.
 *
 * @param kind where the vector comes from
 * @param vector one number a factor; of length 0 when there is none
 * @param constant added to each score
 * @param history the interactions that count for the version, by its item numbers
 * @param seen numbers of all items that the user has interacted with, whatever the type; ascending
 */
@SuppressWarnings("ArrayRecordComponent")
record Subject(Kind kind, float[] vector, float constant, History history, int[] seen) {

    /** Where a subject's vector comes from. */
    enum Kind {
        /** Trained with the version. */
        TRAINED(""),
        /** Solved from interactions that came after training. */
        FOLDED_IN(""),
        /** The sum of the vectors of what is known of the user; there is no usable interaction. */
        FROM_FEATURES(""),
        /** Not needed: the model scores histories. */
        HISTORY(""),
        /** There is none: no usable interaction. */
        UNKNOWN_USER("unknown_user"),
        /** There is none: the version has no fold-in law. */
        NO_FOLD_IN("no_fold_in");

        private final String fallback;

        Kind(String fallback) {
            this.fallback = fallback;
        }

        /** The reason why the most popular items answer; empty when they do not. */
        String fallback() {
            return fallback;
        }
    }
}
