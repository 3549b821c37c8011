package dev.latent.training.evaluations;

import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;

/** Looks into the rows of users. */
final class Histories {

    private Histories() {}

    /** Whether a user has an item; items ascend within a user. */
    static boolean has(Snapshot snapshot, int user, int item) {
        SparseRows rows = snapshot.byUser();
        long low = rows.start(user);
        long high = rows.end(user) - 1;
        while (low <= high) {
            long middle = (low + high) >>> 1;
            int found = rows.index(middle);
            if (found == item) {
                return true;
            }
            if (found < item) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }
}
