package dev.latent.spi;

import java.util.Optional;

/**
 * An immutable, integer-coded copy of a dataset at one moment: what training reads. Implemented by the host.
 *
 * <p>Users and items are numbered from 0 without gaps; each (user, item) pair occurs at most once, repeats having been
 * combined by the dataset's policy and interaction types by the weights of the model's definition. The memory is mapped
 * read-only and valid for the whole run; all methods are cheap and safe for use by many threads.
 */
public interface Snapshot {

    /**
     * Returns the number of users.
     *
     * @return at least 0
     */
    int userCount();

    /**
     * Returns the number of items.
     *
     * @return at least 0
     */
    int itemCount();

    /**
     * Returns the number of interactions.
     *
     * @return at least 0; may exceed 2³¹
     */
    long interactionCount();

    /**
     * Returns the interactions with one row a user and one column an item.
     *
     * @return {@code userCount × itemCount}
     */
    SparseRows byUser();

    /**
     * Returns the same interactions with one row an item and one column a user.
     *
     * @return {@code itemCount × userCount}
     */
    SparseRows byItem();

    /**
     * Returns what the content is, so that equal snapshots can be told from different ones.
     *
     * @return lower-case hexadecimal
     */
    String fingerprint();

    /**
     * Returns features of users: one row a user, one column a feature, the value its weight.
     *
     * @return empty when the dataset has none
     */
    default Optional<SparseRows> userFeatures() {
        return Optional.empty();
    }

    /**
     * Returns features of items (categories, attributes): one row an item, one column a feature, the value its weight.
     *
     * @return empty when the dataset has none
     */
    default Optional<SparseRows> itemFeatures() {
        return Optional.empty();
    }
}
