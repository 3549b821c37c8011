package dev.latent.evaluation;

import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A snapshot in the memory of an arena, without features.
 *
 * @param byUser interactions by user
 * @param byItem the same interactions by item
 * @param fingerprint SHA-256 of the interactions
 */
record PackedSnapshot(SparseRows byUser, SparseRows byItem, String fingerprint) implements Snapshot {

    private static final int DIGEST_BYTES = 1 << 20;

    static PackedSnapshot of(SparseRows byUser, SparseRows byItem) {
        return new PackedSnapshot(byUser, byItem, fingerprint(byUser));
    }

    private static String fingerprint(SparseRows rows) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (MemorySegment part : List.of(rows.offsets(), rows.indices(), rows.values(), rows.times())) {
                for (long from = 0; from < part.byteSize(); from += DIGEST_BYTES) {
                    digest.update(part.asSlice(from, Math.min(DIGEST_BYTES, part.byteSize() - from))
                            .asByteBuffer());
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
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
