package dev.latent.server.serving;

import dev.latent.interactions.TypeWeights;
import dev.latent.models.TrainingFacts;
import dev.latent.models.Version;
import dev.latent.spi.Section;
import dev.latent.spi.SparseRows;
import dev.latent.storage.IdIndex;
import java.util.Optional;

/**
 * A version whose files are open, with the indexes of its ids: what all its views share. Counted: the last to let go closes
 * the files. Thread-safe.
 */
final class OpenVersion {

    /**
     * Section of a version with the number of items in each user's training history; not there when its vectors were made
     * elsewhere.
     */
    static final String USER_COUNTS = "user_counts";

    /**
     * Section of a version with the number of users in each item's training history; of vectors made elsewhere, in the
     * dataset when they were imported, or not there when there was none, or before such counts were made.
     */
    static final String ITEM_COUNTS = "item_counts";

    private final Version version;
    private final IdIndex users;
    private final IdIndex items;
    private final Optional<FeatureSums> itemFeatures;
    private final Optional<FeatureSums> userFeatures;
    private final Holders holders;

    /** Takes a version over; held once by the caller. */
    OpenVersion(Version version) {
        this.version = version;
        users = IdIndex.of(version.users());
        items = IdIndex.of(version.items());
        itemFeatures = FeatureSums.ofItems(version);
        userFeatures = FeatureSums.ofUsers(version);
        holders = new Holders(version::close);
    }

    Version version() {
        return version;
    }

    /** Name of the dataset it was trained on. */
    String dataset() {
        return training().dataset();
    }

    /** Weight of each interaction type in training. */
    TypeWeights typeWeights() {
        TrainingFacts training = training();
        return training.typeWeights().isEmpty() ? TypeWeights.ALL : TypeWeights.of(training.typeWeights());
    }

    private TrainingFacts training() {
        return version.manifest().metadata().training();
    }

    /** Numbers of the users it was trained on. */
    IdIndex users() {
        return users;
    }

    /** Numbers of the items it was trained on. */
    IdIndex items() {
        return items;
    }

    /** Places items by their features; empty when it learnt none. */
    Optional<FeatureSums> itemFeatures() {
        return itemFeatures;
    }

    /** Places users by their features; empty when it learnt none. */
    Optional<FeatureSums> userFeatures() {
        return userFeatures;
    }

    /** The numbers of a section; none when the version does not have it. */
    int[] counts(String section) {
        Optional<Section> stored = version.findSection(section);
        int[] counts =
                new int[stored.map(found -> Math.toIntExact(found.rows())).orElse(0)];
        for (int row = 0; row < counts.length; row++) {
            counts[row] = stored.orElseThrow().data().get(SparseRows.INT32, (long) row * Integer.BYTES);
        }
        return counts;
    }

    /** Takes part, while another holder is there. */
    OpenVersion hold() {
        if (!holders.hold()) {
            throw new IllegalStateException(version.id() + " is closed already");
        }
        return this;
    }

    /** Lets go. */
    void release() {
        holders.release();
    }
}
