package dev.latent.server.serving;

import dev.latent.retrieval.ItemFilter;
import dev.latent.retrieval.TopItems;
import java.util.Optional;

/** How a version scores items for a subject. Thread-safe. */
interface VersionScorer {

    /** The best items for a subject that has a vector or a history. */
    TopItems search(Subject subject, ItemFilter filter, int k);

    /** The scores of some items for such a subject, in their order. */
    float[] scores(Subject subject, int[] items);

    /** The items nearest to an item; empty when the version has no vectors of items. */
    Optional<TopItems> similar(int item, ItemFilter filter, int k);

    /** Multiply-adds of one search, by which the caller chooses where to run it. */
    long cost();
}
