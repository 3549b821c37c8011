package dev.latent.algorithms.sgd;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the vector of a user or an item is made of. */
enum Features {
    /** Its own vector. */
    NONE,
    /** Its own vector and the sum of its features' vectors. */
    OWN,
    /** The sum of its features' vectors, where it has features. */
    ONLY;

    /** As written in a request. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> words() {
        return Stream.of(values()).map(Features::word).toList();
    }

    static Features of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
