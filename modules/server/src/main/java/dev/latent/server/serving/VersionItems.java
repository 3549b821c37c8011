package dev.latent.server.serving;

import dev.latent.storage.IdIndex;
import dev.latent.storage.StringTable;
import java.lang.foreign.Arena;

/**
 * A version with all the items that it answers about, and what depends on their numbers. Shared by the views between which
 * these items do not change. Counted: the last to let go frees the memory of the new items and lets go of the version.
 * Immutable but for the cache of users; thread-safe.
 */
final class VersionItems {

    private final OpenVersion version;
    private final NewItems added;
    private final VersionInputs inputs;
    private final VersionScorer scorer;
    private final Subjects subjects;
    private final float[] popularity;
    private final Holders holders;

    /**
     * Made by {@link ViewLoader}; held once by the caller.
     *
     * @param version held for this
     * @param added items behind those it was trained on
     * @param memory of the new items' vectors, closed with this
     */
    VersionItems(
            OpenVersion version,
            NewItems added,
            VersionInputs inputs,
            VersionScorer scorer,
            Subjects subjects,
            Arena memory) {
        this.version = version;
        this.added = added;
        this.inputs = inputs;
        this.scorer = scorer;
        this.subjects = subjects;
        popularity = popularity(version, Math.toIntExact(inputs.itemIds().size()));
        holders = new Holders(() -> {
            memory.close();
            version.release();
        });
    }

    private static float[] popularity(OpenVersion version, int itemCount) {
        int[] counts = version.counts(OpenVersion.ITEM_COUNTS);
        float[] popularity = new float[itemCount];
        for (int item = 0; item < counts.length; item++) {
            popularity[item] = counts[item];
        }
        return popularity;
    }

    OpenVersion version() {
        return version;
    }

    NewItems added() {
        return added;
    }

    VersionScorer scorer() {
        return scorer;
    }

    Subjects subjects() {
        return subjects;
    }

    /** Users of each item in training, by its number; not to be modified. */
    float[] popularity() {
        return popularity;
    }

    /** The ids of the items, by number. */
    StringTable ids() {
        return inputs.itemIds();
    }

    /** The numbers of the items, by id. */
    IdIndex numbers() {
        return inputs.items();
    }

    /** How many items there are. */
    int count() {
        return popularity.length;
    }

    /** Takes part, while another holder is there. */
    VersionItems hold() {
        if (!holders.hold()) {
            throw new IllegalStateException("The items of " + version.version().id() + " are closed already");
        }
        return this;
    }

    /** Lets go. */
    void release() {
        holders.release();
    }
}
