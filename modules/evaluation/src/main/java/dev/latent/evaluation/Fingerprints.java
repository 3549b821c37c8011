package dev.latent.evaluation;

import dev.latent.spi.SparseRows;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 of content, in lower-case hexadecimal. */
final class Fingerprints {

    private static final int DIGEST_BYTES = 1 << 20;

    private Fingerprints() {}

    static String of(String text) {
        MessageDigest digest = sha256();
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest());
    }

    static String of(SparseRows rows) {
        MessageDigest digest = sha256();
        for (MemorySegment part : List.of(rows.offsets(), rows.indices(), rows.values(), rows.times())) {
            for (long from = 0; from < part.byteSize(); from += DIGEST_BYTES) {
                digest.update(part.asSlice(from, Math.min(DIGEST_BYTES, part.byteSize() - from))
                        .asByteBuffer());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
