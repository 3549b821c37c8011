package dev.latent.algorithms.sgd;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What is descended. */
enum Loss {
    /** Squared error of ratings. */
    SQUARED,
    /** Logistic loss of liked items against drawn ones. */
    LOGISTIC,
    /** Logistic loss of the difference between a liked item and a drawn one. */
    BPR,
    /** Hinge loss between a liked item and the first drawn one that violates the order, weighed by estimated rank. */
    WARP;

    /** As written in a request. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> words() {
        return Stream.of(values()).map(Loss::word).toList();
    }

    static Loss of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
