package dev.latent.interactions;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Puts interactions of one dataset into a batch: numbers for new ids, one merge for each user and chunk, the counters.
 * Lives for one commit, under the commit lock.
 */
final class FamilyWriter {

    private static final int MERGES_TO_JOIN = 64;

    private final DatasetFamily family;
    private final ColumnFamilyHandle handle;
    private final WriteBatch batch;
    private final DatasetState state;
    private final Map<String, IdCache.Entry> users = new HashMap<>();
    private final Map<String, IdCache.Entry> items = new HashMap<>();
    private final Map<Integer, UserRecords> records = new LinkedHashMap<>();

    /** What one user gets in this commit. */
    private static final class UserRecords {
        final IdCache.Entry user;
        byte[] bytes = new byte[4 * RecordFormat.BYTES];
        int count;

        UserRecords(IdCache.Entry user) {
            this.user = user;
        }

        void add(int item, float value, long time, int type) {
            if (count * RecordFormat.BYTES == bytes.length) {
                bytes = Arrays.copyOf(bytes, bytes.length * 2);
            }
            RecordFormat.write(bytes, count++ * RecordFormat.BYTES, item, value, time, type);
        }
    }

    FamilyWriter(DatasetFamily family, WriteBatch batch) {
        this.family = family;
        this.handle = family.handle();
        this.batch = batch;
        state = family.state().copy();
    }

    void add(Interaction interaction) throws RocksDBException {
        IdCache.Entry user = user(interaction.userId());
        int item = item(interaction.itemId());
        int type = state.type(interaction.type());
        state.count(type, 1);
        records.computeIfAbsent(user.number, number -> new UserRecords(user))
                .add(item, interaction.value(), interaction.time(), type);
    }

    /** Puts what was added into the batch. */
    void finish() throws RocksDBException {
        for (UserRecords user : records.values()) {
            int done = 0;
            while (done < user.count) {
                IdCache.Entry end = user.user;
                if (end.records >= KeyFormat.CHUNK_RECORDS) {
                    end.chunk++;
                    end.records = 0;
                    end.merges = 0;
                }
                int count = Math.min(user.count - done, KeyFormat.CHUNK_RECORDS - end.records);
                int from = done * RecordFormat.BYTES;
                append(end, Arrays.copyOfRange(user.bytes, from, from + count * RecordFormat.BYTES));
                end.records += count;
                done += count;
            }
        }
        batch.put(handle, KeyFormat.state(), state.encode());
    }

    /**
     * Appends by a merge; from time to time by writing the whole chunk, because a reader joins all merges since then. The
     * database's own option for this looks through the merges at every write, which costs more than the write.
     */
    private void append(IdCache.Entry end, byte[] part) throws RocksDBException {
        byte[] key = KeyFormat.records(end.number, end.chunk);
        if (++end.merges < MERGES_TO_JOIN) {
            batch.merge(handle, key, part);
            return;
        }
        byte[] before = family.chunk(end.number, end.chunk);
        int length = before == null ? 0 : before.length;
        byte[] whole = Arrays.copyOf(before == null ? part : before, length + part.length);
        System.arraycopy(part, 0, whole, length, part.length);
        batch.put(handle, key, whole);
        end.merges = 0;
    }

    /** Shows what was committed: the counters, and the ids to those that look them up next. */
    void publish() {
        users.values().forEach(family.users()::put);
        items.values().forEach(family.items()::put);
        family.publish(state);
    }

    /** The one entry of a user in this commit; the cache alone would not do, as it may forget at any time. */
    private IdCache.Entry user(String id) throws RocksDBException {
        IdCache.Entry entry = users.get(id);
        if (entry == null) {
            entry = family.users().find(id);
            if (entry == null) {
                entry = storedOrNewUser(id);
            }
            users.put(id, entry);
        }
        return entry;
    }

    private IdCache.Entry storedOrNewUser(String id) throws RocksDBException {
        int number = family.stored(KeyFormat.USER_NUMBER, id);
        if (number >= 0) {
            IdCache.Entry entry = new IdCache.Entry(id, number);
            family.findEnd(entry);
            return entry;
        }
        IdCache.Entry entry = new IdCache.Entry(id, newUser(id));
        state.users++;
        put(KeyFormat.USER_NUMBER, KeyFormat.USER_ID, entry);
        return entry;
    }

    private int item(String id) throws RocksDBException {
        IdCache.Entry entry = items.get(id);
        if (entry == null) {
            entry = family.items().find(id);
            if (entry == null) {
                entry = storedOrNewItem(id);
            }
            items.put(id, entry);
        }
        return entry.number;
    }

    private IdCache.Entry storedOrNewItem(String id) throws RocksDBException {
        int number = family.stored(KeyFormat.ITEM_NUMBER, id);
        if (number >= 0) {
            return new IdCache.Entry(id, number);
        }
        IdCache.Entry entry = new IdCache.Entry(id, newItem(id));
        state.items++;
        put(KeyFormat.ITEM_NUMBER, KeyFormat.ITEM_ID, entry);
        return entry;
    }

    private int newUser(String id) {
        ImportNumbers importing = family.importing();
        int reserved = importing == null ? -1 : reserved(importing.users(), id);
        return reserved >= 0 ? reserved : state.allocateUser();
    }

    private int newItem(String id) {
        ImportNumbers importing = family.importing();
        int reserved = importing == null ? -1 : reserved(importing.items(), id);
        return reserved >= 0 ? reserved : state.allocateItem();
    }

    private static int reserved(ImportNumbers.Side side, String id) {
        side.touch(id);
        return side.find(id);
    }

    private void put(byte numberKind, byte idKind, IdCache.Entry entry) throws RocksDBException {
        byte[] number = KeyFormat.number(entry.number);
        byte[] key = KeyFormat.ofText(numberKind, entry.id);
        batch.put(handle, key, number);
        batch.put(handle, KeyFormat.ofNumber(idKind, entry.number), Arrays.copyOfRange(key, 1, key.length));
    }
}
