package dev.latent.server.serving;

import org.jspecify.annotations.Nullable;

/**
 * What one alias of one model serves: a view, or the reason why there is none. Readers take the view without a lock; only
 * one writer at a time changes it (the model's lock).
 */
final class AliasSlot {

    private volatile AliasStatus status = new AliasStatus(AliasStatus.State.LOADING, 0, 0, "");
    private volatile @Nullable ServingView view;

    /** The view, held once more for the caller, or null when nothing can answer. */
    @Nullable
    ServingView hold() {
        ServingView now = view;
        while (now != null && !now.hold()) {
            ServingView next = view; // it was swapped and closed between the two reads
            now = next == now ? null : next;
        }
        return now;
    }

    AliasStatus status() {
        return status;
    }

    void loading(int version) {
        status = new AliasStatus(AliasStatus.State.LOADING, version, servingVersion(), "");
    }

    /** The alias's version cannot be opened; what was served before goes on. */
    void failed(int version, String reason) {
        status = new AliasStatus(AliasStatus.State.FAILED, version, servingVersion(), reason);
    }

    /** Publishes a view by one reference swap and lets go of the one before. */
    void swap(ServingView next, AliasStatus nextStatus) {
        ServingView before = view;
        view = next;
        status = nextStatus;
        if (before != null) {
            before.release();
        }
    }

    /** Serves nothing any more. */
    void clear() {
        ServingView before = view;
        view = null;
        if (before != null) {
            before.release();
        }
    }

    private int servingVersion() {
        ServingView now = view;
        return now == null ? 0 : now.number();
    }
}
