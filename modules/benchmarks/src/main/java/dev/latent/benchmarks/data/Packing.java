package dev.latent.benchmarks.data;

import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Sorts interactions into compressed rows by two counting sorts: linear time, and the columns of a row ascend. */
final class Packing {

    private static final long ALIGNMENT = 64;
    private static final int DIGEST_BYTES = 1 << 20;

    private final Interactions rows;
    private final Arena arena;

    Packing(Interactions rows, Arena arena) {
        this.rows = rows;
        this.arena = arena;
    }

    Snapshot pack(int[] userCounts, int[] itemCounts) {
        SparseRows byUser = allocate(userCounts, itemCounts.length);
        int[] next = starts(userCounts);
        for (int row : orderByItem(itemCounts)) {
            put(byUser, next[rows.user(row)]++, rows.item(row), row);
        }
        checkDistinct(byUser);
        SparseRows byItem = allocate(itemCounts, userCounts.length);
        next = starts(itemCounts);
        for (int user = 0; user < userCounts.length; user++) {
            for (long position = byUser.start(user); position < byUser.end(user); position++) {
                copy(byUser, position, byItem, next[byUser.index(position)]++, user);
            }
        }
        return new PackedSnapshot(readOnly(byUser), readOnly(byItem), fingerprint(byUser));
    }

    private int[] orderByItem(int[] itemCounts) {
        int[] next = starts(itemCounts);
        int[] order = new int[rows.size()];
        for (int row = 0; row < order.length; row++) {
            order[next[rows.item(row)]++] = row;
        }
        return order;
    }

    private static int[] starts(int[] counts) {
        int[] starts = new int[counts.length];
        int sum = 0;
        for (int row = 0; row < counts.length; row++) {
            starts[row] = sum;
            sum += counts[row];
        }
        return starts;
    }

    private SparseRows allocate(int[] counts, int columns) {
        MemorySegment offsets = arena.allocate((counts.length + 1L) * Long.BYTES, ALIGNMENT);
        long sum = 0;
        for (int row = 0; row < counts.length; row++) {
            sum += counts[row];
            offsets.set(SparseRows.INT64, (row + 1L) * Long.BYTES, sum);
        }
        return new SparseRows(
                counts.length,
                columns,
                offsets,
                arena.allocate(sum * Integer.BYTES, ALIGNMENT),
                arena.allocate(sum * Float.BYTES, ALIGNMENT),
                arena.allocate(rows.isTimed() ? sum * Long.BYTES : 0, ALIGNMENT));
    }

    private void put(SparseRows target, long position, int column, int row) {
        target.indices().set(SparseRows.INT32, position * Integer.BYTES, column);
        target.values().set(SparseRows.FLOAT32, position * Float.BYTES, rows.value(row));
        if (rows.isTimed()) {
            target.times().set(SparseRows.INT64, position * Long.BYTES, rows.time(row));
        }
    }

    private void copy(SparseRows source, long from, SparseRows target, long to, int column) {
        target.indices().set(SparseRows.INT32, to * Integer.BYTES, column);
        target.values().set(SparseRows.FLOAT32, to * Float.BYTES, source.value(from));
        if (rows.isTimed()) {
            target.times().set(SparseRows.INT64, to * Long.BYTES, source.time(from));
        }
    }

    private static void checkDistinct(SparseRows byUser) {
        for (int user = 0; user < byUser.rows(); user++) {
            for (long position = byUser.start(user) + 1; position < byUser.end(user); position++) {
                if (byUser.index(position) == byUser.index(position - 1)) {
                    throw new IllegalArgumentException("User " + user + " has item " + byUser.index(position)
                            + " twice, expected each pair once; combine repeats first");
                }
            }
        }
    }

    private static SparseRows readOnly(SparseRows rows) {
        return new SparseRows(
                rows.rows(),
                rows.columns(),
                rows.offsets().asReadOnly(),
                rows.indices().asReadOnly(),
                rows.values().asReadOnly(),
                rows.times().asReadOnly());
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
}
