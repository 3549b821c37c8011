package dev.latent.interactions;

import dev.latent.spi.SparseRows;
import dev.latent.storage.StringTable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Builds the files of a snapshot: users and items that have a pair are numbered in the order of their ids' bytes, so the
 * same content has the same numbers and the same fingerprint however it arrived. What is in memory grows with users and
 * items; pairs are streamed, and the matrix by item is a counting sort made in windows of {@link #WINDOW_PAIRS}.
 */
final class SnapshotWriter {

    /** 16 bytes each while a window is filled. */
    private static final long WINDOW_PAIRS = 8L << 20;

    private final PairSource source;
    private final SnapshotSections sections;
    private final PairSpool spool;
    private final long windowPairs;

    SnapshotWriter(PairSource source, SnapshotSections sections, PairSpool spool) {
        this(source, sections, spool, WINDOW_PAIRS);
    }

    SnapshotWriter(PairSource source, SnapshotSections sections, PairSpool spool, long windowPairs) {
        this.source = source;
        this.sections = sections;
        this.spool = spool;
        this.windowPairs = windowPairs;
    }

    SnapshotInfo write(String dataset, Path directory, String objectId) throws IOException {
        IdTable users = IdTable.write("users", source.userLimit(), spool::pairsOfUser, source::forEachUser, sections);
        IdTable items = IdTable.write("items", source.itemLimit(), spool::pairsOfItem, source::forEachItem, sections);
        checkComplete(users);
        writeByUser(users, items);
        writeByItem(users, items, directory, objectId);
        int features = writeItemFeatures(directory, objectId);
        writeUserFeatures(directory, objectId);
        return new SnapshotInfo(
                1,
                dataset,
                objectId,
                users.count(),
                items.count(),
                spool.count(),
                features,
                spool.hasTimes(),
                sections.fingerprint(),
                sections.checksums());
    }

    private void checkComplete(IdTable users) {
        long pairs = 0;
        for (int user : users.sourceNumbers()) {
            pairs += spool.pairsOfUser(user);
        }
        if (pairs != spool.count()) {
            throw new CorruptInteractionsException("There are " + spool.count() + " pairs, of users that have an id "
                    + pairs + "; verify the store and restore it from a backup");
        }
    }

    private void writeByUser(IdTable users, IdTable items) throws IOException {
        try (RowColumns columns =
                new RowColumns(sections, "by_user", users.count(), spool.count(), spool.hasTimes(), true)) {
            for (int user : users.sourceNumbers()) {
                long start = spool.start(user);
                int count = Math.toIntExact(spool.pairsOfUser(user));
                long[] order = new long[count];
                for (int pair = 0; pair < count; pair++) {
                    order[pair] = (long) items.number(spool.item(start + pair)) << 32 | pair;
                }
                Arrays.sort(order);
                for (long entry : order) {
                    long pair = start + (entry & 0xFFFF_FFFFL);
                    columns.put((int) (entry >>> 32), spool.value(pair), spool.time(pair));
                }
                columns.endRow();
            }
            columns.finish();
        }
    }

    private void writeByItem(IdTable users, IdTable items, Path directory, String objectId) throws IOException {
        try (Arena arena = Arena.ofConfined();
                RowColumns columns =
                        new RowColumns(sections, "by_item", items.count(), spool.count(), spool.hasTimes(), false)) {
            SparseRows byUser = SnapshotLayout.rows(
                    directory, objectId, "by_user", users.count(), items.count(), spool.hasTimes(), arena);
            long[] starts = new long[items.count() + 1];
            for (int item = 0; item < items.count(); item++) {
                starts[item + 1] = starts[item] + spool.pairsOfItem(items.sourceNumbers()[item]);
            }
            int first = 0;
            while (first < items.count()) {
                int end = windowEnd(starts, first);
                new Window(starts, first, end).write(byUser, columns);
                first = end;
            }
            columns.finish();
        }
    }

    /** As many items as have a window's pairs together, at least one. */
    private int windowEnd(long[] starts, int first) {
        int found = Arrays.binarySearch(starts, first + 1, starts.length, starts[first] + windowPairs);
        return Math.max(first + 1, found >= 0 ? found : -found - 2);
    }

    /** The pairs of items first to end - 1, sorted by item; users ascend because the pass is by user. */
    private static final class Window {

        private final long[] starts;
        private final int first;
        private final int end;

        Window(long[] starts, int first, int end) {
            this.starts = starts;
            this.first = first;
            this.end = end;
        }

        void write(SparseRows byUser, RowColumns columns) throws IOException {
            long base = starts[first];
            long count = starts[end] - base;
            long[] next = Arrays.copyOfRange(starts, first, end);
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment users = arena.allocate(count * Integer.BYTES, Long.BYTES);
                MemorySegment positions = arena.allocate(count * Long.BYTES, Long.BYTES);
                for (int user = 0; user < byUser.rows(); user++) {
                    for (long pair = byUser.start(user); pair < byUser.end(user); pair++) {
                        int item = byUser.index(pair);
                        if (item >= first && item < end) {
                            long slot = next[item - first]++ - base;
                            users.set(SparseRows.INT32, slot * Integer.BYTES, user);
                            positions.set(SparseRows.INT64, slot * Long.BYTES, pair);
                        }
                    }
                }
                for (int item = first; item < end; item++) {
                    for (long slot = starts[item] - base; slot < starts[item + 1] - base; slot++) {
                        long pair = positions.get(SparseRows.INT64, slot * Long.BYTES);
                        int user = users.get(SparseRows.INT32, slot * Integer.BYTES);
                        columns.put(user, byUser.value(pair), byUser.time(pair));
                    }
                    columns.endRow();
                }
            }
        }
    }

    private int writeItemFeatures(Path directory, String objectId) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            StringTable ids = StringTable.open(directory, objectId, "items", arena);
            return FeatureWriter.write(
                    id -> source.item(id).map(ItemRecord::facts),
                    ids,
                    SnapshotLayout.ITEM_FEATURE_NAMES,
                    SnapshotLayout.ITEM_FEATURES,
                    sections);
        }
    }

    private void writeUserFeatures(Path directory, String objectId) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            StringTable ids = StringTable.open(directory, objectId, "users", arena);
            FeatureWriter.write(
                    id -> source.user(id).map(UserRecord::facts),
                    ids,
                    SnapshotLayout.USER_FEATURE_NAMES,
                    SnapshotLayout.USER_FEATURES,
                    sections);
        }
    }
}
