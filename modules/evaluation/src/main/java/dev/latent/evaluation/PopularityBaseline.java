package dev.latent.evaluation;

import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import java.util.Arrays;

/**
 * Ranks the items by how many users liked them in training (ties: the lower number first), in the same order for all users:
 * what any recommender has to beat. Immutable and thread-safe.
 */
public final class PopularityBaseline {

    private final int[] order;
    private final int[] places;

    /**
     * Counts.
     *
     * @param train where to count
     * @param relevance which interactions count
     */
    public PopularityBaseline(Snapshot train, RelevanceRule relevance) {
        SparseRows rows = train.byItem();
        long[] keys = new long[rows.rows()];
        for (int item = 0; item < keys.length; item++) {
            int liked = 0;
            for (long position = rows.start(item); position < rows.end(item); position++) {
                liked += relevance.isRelevant(rows.value(position)) ? 1 : 0;
            }
            keys[item] = (long) -liked << Integer.SIZE | item;
        }
        Arrays.sort(keys);
        order = new int[keys.length];
        places = new int[keys.length];
        for (int place = 0; place < order.length; place++) {
            order[place] = (int) keys[place];
            places[order[place]] = place;
        }
    }

    int itemCount() {
        return order.length;
    }

    /** The item at a place of the order, from 0. */
    int item(int place) {
        return order[place];
    }

    /** The place of an item in the order, from 0. */
    int place(int item) {
        return places[item];
    }
}
