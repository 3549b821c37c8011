package dev.latent.server.serving;

import dev.latent.interactions.InteractionStore;
import dev.latent.interactions.UserHistory;
import dev.latent.retrieval.ItemFilter;
import dev.latent.retrieval.ItemSet;
import dev.latent.retrieval.Selections;
import dev.latent.retrieval.TopItems;
import dev.latent.storage.IdIndex;
import dev.latent.storage.StringTable;
import java.util.List;
import java.util.Optional;

/**
 * One version, open and ready to answer: vectors or plugin, ids, item categories and popularity. Changed item records make
 * another view of the same version ({@link ViewLoader#renew}), so that one request sees one state of them.
 *
 * <p>Immutable but for the cache of users, which follows the dataset. Counted: whoever uses a view holds it ({@link #hold},
 * {@link #release}), and the last to let go of the last view closes the version's files. Thread-safe.
 */
final class ServingView {

    private final VersionItems items;
    private final ItemCatalogue catalogue;
    private final String revision;
    private final Holders holders;

    /**
     * Makes a view, held once by the caller.
     *
     * @param items held for the view
     * @param catalogue of the item records
     * @param revision of the dataset before they were read
     */
    ServingView(VersionItems items, ItemCatalogue catalogue, String revision) {
        this.items = items;
        this.catalogue = catalogue;
        this.revision = revision;
        holders = new Holders(items::release);
    }

    /** What answers are labelled with, for example {@code movies@7}. */
    String id() {
        return items.version().version().id();
    }

    /** Number of the version. */
    int number() {
        return items.version().version().manifest().version();
    }

    /** Name of the dataset whose interactions count. */
    String dataset() {
        return items.version().dataset();
    }

    /** The items it answers about. */
    VersionItems items() {
        return items;
    }

    /** What {@link InteractionStore#revision} was before the item records were read. */
    String revision() {
        return revision;
    }

    /** Takes part in the view; false when it is already closed. */
    boolean hold() {
        return holders.hold();
    }

    /** Lets go of the view. */
    void release() {
        holders.release();
    }

    /** Whether {@link #ofUser} answers for this user without reading the store. */
    boolean remembers(String userId) {
        return items.subjects().remembers(userId);
    }

    Subject ofUser(String userId) {
        return items.subjects().ofUser(userId);
    }

    Subject ofHistory(UserHistory history) {
        return items.subjects().ofHistory(history);
    }

    /** The best items for a subject; the most popular ones when it has no vector. */
    TopItems search(Subject subject, ItemFilter filter, int k) {
        return subject.kind().fallback().isEmpty()
                ? items.scorer().search(subject, filter, k)
                : Selections.best(items.popularity(), filter, k);
    }

    /** The scores of items for a subject; their popularity when it has no vector. */
    float[] scores(Subject subject, int[] numbers) {
        if (subject.kind().fallback().isEmpty()) {
            return items.scorer().scores(subject, numbers);
        }
        float[] scores = new float[numbers.length];
        for (int position = 0; position < numbers.length; position++) {
            scores[position] = items.popularity()[numbers[position]];
        }
        return scores;
    }

    Optional<TopItems> similar(int item, ItemFilter filter, int k) {
        return items.scorer().similar(item, filter, k);
    }

    /** Multiply-adds of one search. */
    long cost() {
        return items.scorer().cost();
    }

    /** The ids of the items, by number. */
    StringTable itemIds() {
        return items.ids();
    }

    /** The numbers of the items, by id. */
    IdIndex itemNumbers() {
        return items.numbers();
    }

    /** The sets of items in the named categories; names that no item has are left out. */
    List<ItemSet> categories(List<String> names) {
        return catalogue.sets(names);
    }

    /** Lets only items pass that may be recommended at all. */
    ItemFilter available(ItemFilter filter) {
        return catalogue.allAvailable() ? filter : filter.outside(catalogue.unavailable());
    }

    void forgetUser(String userId) {
        items.subjects().forget(userId);
    }

    void forgetUsers() {
        items.subjects().forgetAll();
    }
}
