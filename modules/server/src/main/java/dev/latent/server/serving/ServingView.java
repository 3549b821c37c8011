package dev.latent.server.serving;

import dev.latent.interactions.InteractionStore;
import dev.latent.interactions.UserHistory;
import dev.latent.models.Version;
import dev.latent.retrieval.ItemFilter;
import dev.latent.retrieval.ItemSet;
import dev.latent.retrieval.Selections;
import dev.latent.retrieval.TopItems;
import dev.latent.storage.IdIndex;
import dev.latent.storage.StringTable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One version, open and ready to answer: vectors or plugin, ids, item categories and popularity.
 *
 * <p>Immutable but for the caches of users and categories, which follow the dataset. Counted: whoever uses a view holds it
 * ({@link #hold}, {@link #release}), and the last one to let go closes the version's files. Thread-safe.
 */
final class ServingView {

    private final Version version;
    private final VersionScorer scorer;
    private final Subjects subjects;
    private final VersionInputs inputs;
    private final float[] popularity;
    private final AtomicInteger holders = new AtomicInteger(1);
    private volatile ItemCatalogue catalogue;

    ServingView(
            Version version,
            VersionScorer scorer,
            Subjects subjects,
            VersionInputs inputs,
            float[] popularity,
            ItemCatalogue catalogue) {
        this.version = version;
        this.scorer = scorer;
        this.subjects = subjects;
        this.inputs = inputs;
        this.popularity = popularity;
        this.catalogue = catalogue;
    }

    /** What answers are labelled with, for example {@code movies@7}. */
    String id() {
        return version.id();
    }

    /** Number of the version. */
    int number() {
        return version.manifest().version();
    }

    /** Name of the dataset whose interactions count. */
    String dataset() {
        return inputs.dataset();
    }

    /** Takes part in the view; false when it is already closed. */
    boolean hold() {
        int now = holders.get();
        while (now > 0) {
            if (holders.compareAndSet(now, now + 1)) {
                return true;
            }
            now = holders.get();
        }
        return false;
    }

    /** Lets go of the view. */
    void release() {
        if (holders.decrementAndGet() == 0) {
            version.close();
        }
    }

    /** Whether {@link #ofUser} answers for this user without reading the store. */
    boolean remembers(String userId) {
        return subjects.remembers(userId);
    }

    Subject ofUser(String userId) {
        return subjects.ofUser(userId);
    }

    Subject ofHistory(UserHistory history) {
        return subjects.ofHistory(history);
    }

    /** The best items for a subject; the most popular ones when it has no vector. */
    TopItems search(Subject subject, ItemFilter filter, int k) {
        return subject.kind().fallback().isEmpty()
                ? scorer.search(subject, filter, k)
                : Selections.best(popularity, filter, k);
    }

    /** The scores of items for a subject; their popularity when it has no vector. */
    float[] scores(Subject subject, int[] items) {
        if (subject.kind().fallback().isEmpty()) {
            return scorer.scores(subject, items);
        }
        float[] scores = new float[items.length];
        for (int position = 0; position < items.length; position++) {
            scores[position] = popularity[items[position]];
        }
        return scores;
    }

    Optional<TopItems> similar(int item, ItemFilter filter, int k) {
        return scorer.similar(item, filter, k);
    }

    /** Multiply-adds of one search. */
    long cost() {
        return scorer.cost();
    }

    /** The ids of the items, by number. */
    StringTable itemIds() {
        return inputs.itemIds();
    }

    /** The numbers of the items, by id. */
    IdIndex itemNumbers() {
        return inputs.items();
    }

    /** The sets of items in the named categories; names that no item has are left out. */
    List<ItemSet> categories(List<String> names) {
        return catalogue.sets(names);
    }

    /** Lets only items pass that may be recommended at all. */
    ItemFilter available(ItemFilter filter) {
        ItemCatalogue now = catalogue;
        return now.allAvailable() ? filter : filter.outside(now.unavailable());
    }

    void forgetUser(String userId) {
        subjects.forget(userId);
    }

    void forgetUsers() {
        subjects.forgetAll();
    }

    /** Takes in changed item records. */
    void readCatalogue(InteractionStore store) {
        catalogue = ItemCatalogue.read(store, inputs.dataset(), inputs.items(), popularity.length);
    }
}
