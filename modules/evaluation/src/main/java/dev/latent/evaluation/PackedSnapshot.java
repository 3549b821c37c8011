package dev.latent.evaluation;

import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;

/**
 * A snapshot in the memory of an arena, without features.
 *
 * @param byUser interactions by user
 * @param byItem the same interactions by item
 * @param fingerprint SHA-256 of the interactions
 */
record PackedSnapshot(SparseRows byUser, SparseRows byItem, String fingerprint) implements Snapshot {

    static PackedSnapshot of(SparseRows byUser, SparseRows byItem) {
        return new PackedSnapshot(byUser, byItem, Fingerprints.of(byUser));
    }

    @Override
    public int userCount() {
        return byUser.rows();
    }

    @Override
    public int itemCount() {
        return byUser.columns();
    }

    @Override
    public long interactionCount() {
        return byUser.count();
    }
}
