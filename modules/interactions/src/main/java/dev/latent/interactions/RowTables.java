package dev.latent.interactions;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/**
 * Sorts the rows of an import by user number, stably, and writes them as table files of merges: a counting sort whose
 * output is made in windows, each by one pass over the spool, so memory is bounded by the window and the number of ids.
 */
final class RowTables {

    private final DatasetFamily family;
    private final RowSpool rows;
    private final ImportNumbers.Side users;
    private final ImportNumbers.Side items;
    private final int[] types;

    /** Local users in the order of their store numbers. */
    private final int[] order;
    /** Where each rank's rows start in the sorted order; one more than users. */
    private final long[] starts;

    private final int[] rankOf;
    /** Where a user's next record goes, for the users that were there. */
    private final int[] chunkOf;

    private final int[] recordsOf;

    RowTables(DatasetFamily family, RowSpool rows, ImportNumbers.Side users, ImportNumbers.Side items, int[] types) {
        this.family = family;
        this.rows = rows;
        this.users = users;
        this.items = items;
        this.types = types;
        int count = rows.users().size();
        order = sortedByNumber(users, count);
        starts = new long[count + 1];
        rankOf = new int[count];
        for (int rank = 0; rank < count; rank++) {
            rankOf[order[rank]] = rank;
            starts[rank + 1] = starts[rank] + rows.rowsOfUser(order[rank]);
        }
        chunkOf = new int[count];
        recordsOf = new int[count];
        for (int local = 0; local < count; local++) {
            if (!users.isReserved(local)) {
                IdCache.Entry end = new IdCache.Entry("", users.number(local));
                family.findEnd(end);
                chunkOf[local] = end.chunk;
                recordsOf[local] = end.records;
            }
        }
    }

    private static int[] sortedByNumber(ImportNumbers.Side users, int count) {
        long[] keys = new long[count];
        for (int local = 0; local < count; local++) {
            keys[local] = (long) users.number(local) << 32 | local;
        }
        Arrays.sort(keys);
        int[] order = new int[count];
        for (int rank = 0; rank < count; rank++) {
            order[rank] = (int) keys[rank];
        }
        return order;
    }

    /** Writes the files, in key order. */
    List<Path> write(ImportFolder folder, int windowRows) throws IOException {
        List<Path> files = new ArrayList<>();
        int rank = 0;
        long start = 0;
        while (start < rows.rows()) {
            family.checkOpen();
            while (starts[rank + 1] <= start) {
                rank++;
            }
            long end = windowEnd(start, windowRows);
            Window window = new Window(rank, start, end);
            window.fill();
            files.add(folder.file("rows-" + files.size() + ".sst"));
            family.database().writeTable(files.getLast(), window);
            start = end;
        }
        return files;
    }

    /** At most so many rows on, but a user's rows are parted only where a chunk ends, so that no key is in two files. */
    private long windowEnd(long start, int windowRows) {
        long limit = Math.min(rows.rows(), start + Math.max(windowRows, KeyFormat.CHUNK_RECORDS));
        int rank = rankAt(limit);
        if (starts[rank] == limit) {
            return limit;
        }
        // A user who is parted goes on at the end of a chunk, as recordsOf says.
        long base = Math.max(start, starts[rank]);
        long chunkEnd = base + KeyFormat.CHUNK_RECORDS - recordsOf[order[rank]] % KeyFormat.CHUNK_RECORDS;
        if (chunkEnd > limit) {
            return starts[rank];
        }
        return limit - (limit - chunkEnd) % KeyFormat.CHUNK_RECORDS;
    }

    /** The last rank that starts at or before a position. */
    private int rankAt(long position) {
        int found = Arrays.binarySearch(starts, position);
        return found >= 0 ? found : -found - 2;
    }

    /** A part of the sorted order. */
    private final class Window implements Database.TableContent, RowSpool.RowConsumer {

        private final int firstRank;
        private final int lastRank;
        private final long start;
        private final long end;
        private final byte[] records;
        private final long[] next;

        Window(int firstRank, long start, long end) {
            this.firstRank = firstRank;
            this.start = start;
            this.end = end;
            lastRank = starts[rankAt(end)] == end ? rankAt(end) - 1 : rankAt(end);
            records = new byte[Math.toIntExact((end - start) * RecordFormat.BYTES)];
            next = Arrays.copyOfRange(starts, firstRank, lastRank + 1);
        }

        void fill() throws IOException {
            rows.forEach(this);
        }

        @Override
        public void accept(int user, int item, float value, long time, int type) {
            int rank = rankOf[user];
            if (rank >= firstRank && rank <= lastRank) {
                long position = next[rank - firstRank]++;
                if (position >= start && position < end) {
                    int at = (int) (position - start) * RecordFormat.BYTES;
                    RecordFormat.write(records, at, items.number(item), value, time, types[type]);
                }
            }
        }

        @Override
        public void writeTo(SstFileWriter writer) throws RocksDBException {
            for (int rank = firstRank; rank <= lastRank; rank++) {
                long position = Math.max(start, starts[rank]);
                long last = Math.min(end, starts[rank + 1]);
                while (position < last) {
                    position = writeChunk(writer, rank, position, last);
                }
            }
        }

        private long writeChunk(SstFileWriter writer, int rank, long position, long last) throws RocksDBException {
            int local = order[rank];
            if (recordsOf[local] >= KeyFormat.CHUNK_RECORDS) {
                chunkOf[local]++;
                recordsOf[local] = 0;
            }
            int count = (int) Math.min(last - position, KeyFormat.CHUNK_RECORDS - recordsOf[local]);
            int from = (int) (position - start) * RecordFormat.BYTES;
            byte[] part = Arrays.copyOfRange(records, from, from + count * RecordFormat.BYTES);
            writer.merge(KeyFormat.records(users.number(local), chunkOf[local]), part);
            recordsOf[local] += count;
            return position + count;
        }
    }
}
