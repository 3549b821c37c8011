package dev.latent.interactions;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksIterator;

/**
 * One dataset of an open store: its column family, its counters, its caches and who may use them.
 *
 * <p>Locks, in the order in which they are taken: use (shared by every operation, exclusive to the end of the dataset),
 * {@link #maintenance()} (imports, item records and deletions exclude each other), the store's commit lock.
 */
final class DatasetFamily {

    private final Dataset dataset;
    private final String name;
    private final ColumnFamilyHandle handle;
    private final Database database;
    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
    private final ReentrantLock maintenance = new ReentrantLock(true);
    private volatile boolean ending;
    private boolean ended; // guarded by use

    private final IdCache users = new IdCache();
    private final IdCache items = new IdCache();
    private final ItemIdCache itemIds = new ItemIdCache();
    private volatile DatasetState state;
    private volatile @Nullable ImportNumbers importing;

    DatasetFamily(Dataset dataset, String name, ColumnFamilyHandle handle, Database database) {
        this.dataset = dataset;
        this.name = name;
        this.handle = handle;
        this.database = database;
        state = storedState();
    }

    private DatasetState storedState() {
        byte[] stored = database.get(handle, KeyFormat.state());
        return stored == null ? new DatasetState() : DatasetState.decode(dataset.name(), stored);
    }

    Dataset dataset() {
        return dataset;
    }

    String name() {
        return name;
    }

    ColumnFamilyHandle handle() {
        return handle;
    }

    Database database() {
        return database;
    }

    /** Runs an operation that ends before the dataset does. */
    <T> T use(Function<DatasetFamily, T> operation) {
        if (!ending) {
            use.readLock().lock();
            try {
                if (!ended) {
                    return operation.apply(this);
                }
            } finally {
                use.readLock().unlock();
            }
        }
        throw new DatasetNotFoundException(dataset.name());
    }

    /** Ends the dataset: refuses new operations, tells long ones to stop and waits for all. */
    void end() {
        ending = true;
        use.writeLock().lock();
        try {
            ended = true;
        } finally {
            use.writeLock().unlock();
        }
    }

    /** Stops a long operation whose dataset or store is being closed. */
    void checkOpen() {
        if (ending) {
            throw new InteractionStoreException("Dataset '" + dataset.name()
                    + "' was deleted or its store closed in the middle of the operation; nothing of it was kept");
        }
    }

    ReentrantLock maintenance() {
        return maintenance;
    }

    /** Returns the counters of the last commit. */
    DatasetState state() {
        return state;
    }

    /** Shows the counters that were committed; under the commit lock. */
    void publish(DatasetState committed) {
        state = committed;
    }

    IdCache users() {
        return users;
    }

    IdCache items() {
        return items;
    }

    /** Forgets what a failed or a bulk write may have made untrue; under the commit lock. */
    void clearCaches() {
        users.clear();
        items.clear();
    }

    /** Returns the import whose numbers are reserved; under the commit lock. */
    @Nullable
    ImportNumbers importing() {
        return importing;
    }

    void setImporting(@Nullable ImportNumbers numbers) {
        importing = numbers;
    }

    /** Returns the number of a user, -1 when not known. */
    int findUser(String id) {
        IdCache.Entry entry = users.find(id);
        return entry != null ? entry.number : stored(KeyFormat.USER_NUMBER, id);
    }

    /** Returns the stored number of an id, -1 when there is none. */
    int stored(byte kind, String id) {
        byte[] number = database.get(handle, KeyFormat.ofText(kind, id));
        if (number == null) {
            return -1;
        }
        if (number.length != 4) {
            throw corrupt("the number of id '" + Names.shown(id) + "' has " + number.length + " bytes, expected 4");
        }
        return KeyFormat.numberIn(number, 0);
    }

    /** Returns the id of an item number that a record holds. */
    String itemId(int number) {
        return itemIds.get(number, this::storedItemId);
    }

    private String storedItemId(int number) {
        byte[] id = database.get(handle, KeyFormat.ofNumber(KeyFormat.ITEM_ID, number));
        if (id == null) {
            throw corrupt("a record names item number " + number + ", which has no id");
        }
        return new String(id, StandardCharsets.UTF_8);
    }

    /** Returns the name of a type number that a record holds. */
    String typeName(int number) {
        DatasetState now = state;
        if (number >= now.typeCount()) {
            // The record may be visible a moment before its commit's counters are published.
            now = storedState();
        }
        if (number >= now.typeCount()) {
            throw corrupt("a record names type number " + number + ", there are " + now.typeCount());
        }
        return now.typeName(number);
    }

    /** Returns a chunk's records, null when there is none. */
    byte @Nullable [] chunk(int user, int chunk) {
        byte[] records = database.get(handle, KeyFormat.records(user, chunk));
        if (records != null) {
            checkLength(user, chunk, records.length);
        }
        return records;
    }

    /** Finds where the next record of a known user goes. */
    void findEnd(IdCache.Entry user) {
        byte[] first = chunk(user.number, 0);
        int count = first == null ? 0 : first.length / RecordFormat.BYTES;
        if (count < KeyFormat.CHUNK_RECORDS) {
            user.records = count;
            return;
        }
        try (RocksIterator iterator = database.iterator(handle)) {
            iterator.seekForPrev(KeyFormat.records(user.number, Integer.MAX_VALUE));
            Database.check(iterator);
            user.chunk = KeyFormat.numberIn(iterator.key(), 5);
            int length = iterator.value().length;
            checkLength(user.number, user.chunk, length);
            user.records = length / RecordFormat.BYTES;
        }
    }

    void checkLength(int user, int chunk, int length) {
        if (length == 0 || length % RecordFormat.BYTES != 0) {
            throw corrupt("the records of user number " + user + ", chunk " + chunk + ", have " + length
                    + " bytes, expected a multiple of " + RecordFormat.BYTES);
        }
    }

    CorruptInteractionsException corrupt(String what) {
        return new CorruptInteractionsException(
                "Dataset '" + dataset.name() + "': " + what + "; verify the store and restore it from a backup");
    }
}
