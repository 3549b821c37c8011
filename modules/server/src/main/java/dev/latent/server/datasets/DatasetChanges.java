package dev.latent.server.datasets;

import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Tells whoever keeps something derived from a dataset that it has changed. Endpoints report each change after it is
 * durable and before they answer, so that the next request sees it. Thread-safe.
 */
public final class DatasetChanges {

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** Without listeners. */
    @Inject
    public DatasetChanges() {}

    /** Hears of changes; called on the thread that made them, so implementations are quick and do not throw. */
    public interface Listener {

        /** A user's interactions have changed. */
        void userChanged(String dataset, String userId);

        /** A user was deleted. */
        default void userDeleted(String dataset, String userId) {
            userChanged(dataset, userId);
        }

        /** Item records have changed. */
        void itemsChanged(String dataset);

        /** Anything may have changed: an import, or the deletion of the dataset. */
        void datasetChanged(String dataset);
    }

    /** Adds a listener for the life of the server. */
    public void addListener(Listener listener) {
        listeners.add(listener);
    }

    /** Reports that a user's interactions have changed. */
    public void userChanged(String dataset, String userId) {
        listeners.forEach(listener -> listener.userChanged(dataset, userId));
    }

    /** Reports that a user was deleted. */
    public void userDeleted(String dataset, String userId) {
        listeners.forEach(listener -> listener.userDeleted(dataset, userId));
    }

    /** Reports that item records have changed. */
    public void itemsChanged(String dataset) {
        listeners.forEach(listener -> listener.itemsChanged(dataset));
    }

    /** Reports that anything may have changed. */
    public void datasetChanged(String dataset) {
        listeners.forEach(listener -> listener.datasetChanged(dataset));
    }
}
