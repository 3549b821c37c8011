package dev.latent.evaluation;

import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import java.lang.foreign.Arena;
import java.util.Optional;

/** Some interactions of another snapshot, over the same users, items and features. */
final class PartSnapshot implements Snapshot {

    private final Snapshot source;
    private final SparseRows byUser;
    private final SparseRows byItem;
    private final String fingerprint;

    private PartSnapshot(Snapshot source, SparseRows byUser, SparseRows byItem, String fingerprint) {
        this.source = source;
        this.byUser = byUser;
        this.byItem = byItem;
        this.fingerprint = fingerprint;
    }

    /** The interactions of {@code source} that are in {@code positions} (of its user-major rows), or those that are not. */
    static PartSnapshot of(Snapshot source, PositionSet positions, boolean inside, String origin, Arena arena) {
        SparseRows byUser = RowBuilder.select(source.byUser(), positions, inside, arena);
        SparseRows byItem = RowBuilder.transpose(byUser, arena);
        String text = source.fingerprint() + ' ' + origin + (inside ? " test" : " train");
        return new PartSnapshot(source, byUser, byItem, Fingerprints.of(text));
    }

    @Override
    public int userCount() {
        return source.userCount();
    }

    @Override
    public int itemCount() {
        return source.itemCount();
    }

    @Override
    public long interactionCount() {
        return byUser.count();
    }

    @Override
    public SparseRows byUser() {
        return byUser;
    }

    @Override
    public SparseRows byItem() {
        return byItem;
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public Optional<SparseRows> userFeatures() {
        return source.userFeatures();
    }

    @Override
    public Optional<SparseRows> itemFeatures() {
        return source.itemFeatures();
    }
}
