package dev.latent.server.serving;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What one alias of one model serves: a view, or the reason why there is none. Readers take the view without a lock; writers,
 * who move the alias or take in changed item records, exclude each other.
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

    synchronized void loading(int version) {
        status = new AliasStatus(AliasStatus.State.LOADING, version, servingVersion(), "");
    }

    /** The alias's version cannot be opened; what was served before goes on. */
    synchronized void failed(int version, String reason) {
        status = new AliasStatus(AliasStatus.State.FAILED, version, servingVersion(), reason);
    }

    /** Publishes a view by one reference swap and lets go of the one before. */
    synchronized void swap(ServingView next, AliasStatus nextStatus) {
        ServingView before = view;
        view = next;
        status = nextStatus;
        if (before != null) {
            before.release();
        }
    }

    /**
     * Publishes a view that is made of the one of now.
     *
     * @param which whether it concerns the view
     * @param step makes the next view, held once; a failure leaves everything as it is
     */
    synchronized void renew(Predicate<ServingView> which, UnaryOperator<ServingView> step) {
        ServingView before = view;
        if (before != null && which.test(before)) {
            view = step.apply(before);
            before.release();
        }
    }

    /** Serves nothing any more. */
    synchronized void clear() {
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
