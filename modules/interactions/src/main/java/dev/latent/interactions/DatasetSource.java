package dev.latent.interactions;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;

/** A stored dataset as of one moment. */
final class DatasetSource implements PairSource, AutoCloseable {

    private static final int READ_AHEAD = 4 << 20;

    private final DatasetFamily family;
    private final Snapshot snapshot;
    private final ReadOptions options;
    private final DatasetState state;
    private final float[] weights;
    private final long until;

    DatasetSource(DatasetFamily family, SnapshotOptions counted) {
        this.family = family;
        until = counted.until();
        snapshot = family.database().snapshot();
        options = new ReadOptions().setSnapshot(snapshot).setFillCache(false).setReadaheadSize(READ_AHEAD);
        byte[] stored = family.database().get(family.handle(), options, KeyFormat.state());
        state = stored == null
                ? new DatasetState()
                : DatasetState.decode(family.dataset().name(), stored);
        weights = new float[state.typeCount()];
        for (int type = 0; type < weights.length; type++) {
            weights[type] = counted.typeWeights().weight(state.typeName(type));
        }
    }

    @Override
    public int userLimit() {
        return state.nextUser;
    }

    @Override
    public int itemLimit() {
        return state.nextItem;
    }

    @Override
    public void forEachUser(IdConsumer consumer) throws IOException {
        forEachId(KeyFormat.USER_NUMBER, state.nextUser, consumer);
    }

    @Override
    public void forEachItem(IdConsumer consumer) throws IOException {
        forEachId(KeyFormat.ITEM_NUMBER, state.nextItem, consumer);
    }

    private void forEachId(byte kind, int limit, IdConsumer consumer) throws IOException {
        try (RocksIterator iterator = family.database().iterator(family.handle(), options)) {
            for (iterator.seek(new byte[] {kind}); iterator.isValid(); iterator.next()) {
                byte[] key = iterator.key();
                if (!KeyFormat.isKind(key, kind)) {
                    break;
                }
                byte[] value = iterator.value();
                int number = value.length == 4 ? KeyFormat.numberIn(value, 0) : -1;
                if (number < 0 || number >= limit) {
                    throw family.corrupt("id '" + Names.shown(KeyFormat.textIn(key)) + "' has the number " + number
                            + " of " + limit);
                }
                consumer.accept(Arrays.copyOfRange(key, 1, key.length), number);
            }
            Database.check(iterator);
        }
    }

    @Override
    public void forEachHistory(PairConsumer consumer) throws IOException {
        EntryTable entries = new EntryTable();
        EntryTable pairs = new EntryTable();
        int user = -1;
        try (RocksIterator iterator = family.database().iterator(family.handle(), options)) {
            for (iterator.seek(new byte[] {KeyFormat.RECORDS}); iterator.isValid(); iterator.next()) {
                byte[] key = iterator.key();
                int next = KeyFormat.numberIn(key, 1);
                if (next != user) {
                    weigh(user, entries, pairs, consumer);
                    user = next;
                }
                byte[] records = iterator.value();
                family.checkLength(user, KeyFormat.numberIn(key, 5), records.length);
                HistoryReader.addAll(records, entries, family.dataset().policy(), until);
            }
            Database.check(iterator);
        }
        weigh(user, entries, pairs, consumer);
    }

    private void weigh(int user, EntryTable entries, EntryTable pairs, PairConsumer consumer) throws IOException {
        if (user < 0) {
            return;
        }
        family.checkOpen();
        for (int entry = 0; entry < entries.size(); entry++) {
            int item = RecordFormat.item(entries.key(entry));
            int type = RecordFormat.type(entries.key(entry));
            if (user >= state.nextUser || item < 0 || item >= state.nextItem || type >= weights.length) {
                throw family.corrupt("a record of user number " + user + " names item number " + item
                        + " and type number " + type + ", which do not exist");
            }
            if (weights[type] != 0) {
                double value = (double) weights[type] * entries.value(entry);
                pairs.add(item, value, entries.time(entry), RepeatPolicy.SUM);
            }
        }
        consumer.accept(user, pairs);
        entries.clear();
        pairs.clear();
    }

    @Override
    public Optional<ItemRecord> item(String id) {
        return record(RecordKind.ITEMS, id);
    }

    @Override
    public Optional<UserRecord> user(String id) {
        return record(RecordKind.USERS, id);
    }

    private <R> Optional<R> record(RecordKind<R> kind, String id) {
        byte[] bytes = family.database().get(family.handle(), options, kind.keyOf(id));
        return bytes == null
                ? Optional.empty()
                : Optional.of(kind.decode(family.dataset().name(), id, bytes));
    }

    @Override
    public void close() {
        options.close();
        family.database().release(snapshot);
    }
}
