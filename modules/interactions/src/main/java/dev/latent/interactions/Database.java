package dev.latent.interactions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.EnvOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.MergeOperator;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.RocksObject;
import org.rocksdb.Snapshot;
import org.rocksdb.SstFileWriter;
import org.rocksdb.Status;
import org.rocksdb.StringAppendOperator;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteBufferManager;
import org.rocksdb.WriteOptions;

/**
 * RocksDB as this room uses it: every write synced, every family with the appending merge operator, errors as {@link
 * InteractionsException}. Owns all native objects; thread-safe, but nothing may be in flight when it is closed.
 */
final class Database implements AutoCloseable {

    private final List<RocksObject> owned = new ArrayList<>();
    private final Map<String, ColumnFamilyHandle> families = new HashMap<>();
    private final RocksDB db;
    private final DBOptions dbOptions;
    private final ColumnFamilyOptions familyOptions;
    private final ReadOptions readOptions = own(new ReadOptions());
    private final WriteOptions synced = own(new WriteOptions().setSync(true));

    static {
        RocksDB.loadLibrary();
    }

    private Database(Path directory, InteractionStore.Options options) throws RocksDBException {
        Cache cache = own(new LRUCache(options.cacheBytes()));
        familyOptions = own(familyOptions(cache));
        dbOptions = own(dbOptions(cache, options));
        db = openAll(directory);
    }

    /** Opens or creates the database in a directory, which must exist. */
    static Database open(Path directory, InteractionStore.Options options) {
        try {
            return new Database(directory, options);
        } catch (RocksDBException exception) {
            throw failure("Cannot open the interactions in " + directory, exception);
        }
    }

    private RocksDB openAll(Path directory) throws RocksDBException {
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        for (String name : familyNames(directory)) {
            descriptors.add(descriptor(name));
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        RocksDB opened = RocksDB.open(dbOptions, directory.toString(), descriptors, handles);
        for (int family = 0; family < handles.size(); family++) {
            String name = new String(descriptors.get(family).getName(), StandardCharsets.UTF_8);
            families.put(name, handles.get(family));
        }
        return opened;
    }

    private static List<String> familyNames(Path directory) throws RocksDBException {
        try (Options plain = new Options()) {
            List<byte[]> names = Files.exists(directory.resolve("CURRENT"))
                    ? RocksDB.listColumnFamilies(plain, directory.toString())
                    : List.of();
            return names.isEmpty()
                    ? List.of(new String(RocksDB.DEFAULT_COLUMN_FAMILY, StandardCharsets.UTF_8))
                    : names.stream()
                            .map(name -> new String(name, StandardCharsets.UTF_8))
                            .toList();
        }
    }

    private ColumnFamilyDescriptor descriptor(String name) {
        return new ColumnFamilyDescriptor(name.getBytes(StandardCharsets.UTF_8), familyOptions);
    }

    private ColumnFamilyOptions familyOptions(Cache cache) {
        MergeOperator append = own(new StringAppendOperator(""));
        BlockBasedTableConfig tables = new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setBlockSize(16 << 10)
                .setFilterPolicy(own(new BloomFilter(10)))
                .setCacheIndexAndFilterBlocks(true)
                .setPinL0FilterAndIndexBlocksInCache(true)
                .setFormatVersion(5);
        return new ColumnFamilyOptions()
                .setMergeOperator(append)
                .setTableFormatConfig(tables)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setLevelCompactionDynamicLevelBytes(true);
    }

    /**
     * A torn record at the end of the log is a write that was never acknowledged; damage anywhere else is an error, not a
     * reason to lose what follows it.
     */
    private DBOptions dbOptions(Cache cache, InteractionStore.Options options) {
        WriteBufferManager buffers = own(new WriteBufferManager(options.writeBufferBytes(), cache));
        return new DBOptions()
                .setCreateIfMissing(true)
                .setParanoidChecks(true)
                .setWriteBufferManager(buffers)
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                .setMaxTotalWalSize(4 * options.writeBufferBytes())
                .setMaxBackgroundJobs(2)
                .setKeepLogFileNum(4)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL);
    }

    private <T extends RocksObject> T own(T object) {
        owned.add(object);
        return object;
    }

    /** Returns the families that were there when the database was opened, by name. */
    Map<String, ColumnFamilyHandle> families() {
        return Map.copyOf(families);
    }

    ColumnFamilyHandle defaultFamily() {
        return db.getDefaultColumnFamily();
    }

    ColumnFamilyHandle createFamily(String name) {
        try {
            ColumnFamilyHandle handle = db.createColumnFamily(descriptor(name));
            families.put(name, handle);
            return handle;
        } catch (RocksDBException exception) {
            throw failure("Cannot create the column family '" + name + "'", exception);
        }
    }

    void dropFamily(String name, ColumnFamilyHandle handle) {
        try {
            db.dropColumnFamily(handle);
            families.remove(name);
            handle.close();
        } catch (RocksDBException exception) {
            throw failure("Cannot drop the column family '" + name + "'", exception);
        }
    }

    byte @Nullable [] get(ColumnFamilyHandle family, byte[] key) {
        return get(family, readOptions, key);
    }

    byte @Nullable [] get(ColumnFamilyHandle family, ReadOptions options, byte[] key) {
        try {
            return db.get(family, options, key);
        } catch (RocksDBException exception) {
            throw failure("Cannot read", exception);
        }
    }

    RocksIterator iterator(ColumnFamilyHandle family) {
        return db.newIterator(family, readOptions);
    }

    RocksIterator iterator(ColumnFamilyHandle family, ReadOptions options) {
        return db.newIterator(family, options);
    }

    /** Throws when an iterator ended because of an error. */
    static void check(RocksIterator iterator) {
        try {
            iterator.status();
        } catch (RocksDBException exception) {
            throw failure("Cannot scan", exception);
        }
    }

    Snapshot snapshot() {
        return db.getSnapshot();
    }

    void release(Snapshot snapshot) {
        db.releaseSnapshot(snapshot);
    }

    /** Writes atomically; on the disk when it returns. */
    void write(WriteBatch batch) {
        try {
            db.write(synced, batch);
        } catch (RocksDBException exception) {
            throw failure("Cannot write", exception);
        }
    }

    /** Makes the memory table small, so that an ingest that follows need not wait for it. */
    void flush(ColumnFamilyHandle family) {
        try (FlushOptions options = new FlushOptions().setWaitForFlush(true)) {
            db.flush(options, family);
        } catch (RocksDBException exception) {
            throw failure("Cannot flush", exception);
        }
    }

    /** Moves table files into a family, all or none; durable when it returns. */
    void ingest(ColumnFamilyHandle family, List<Path> files) {
        try (IngestExternalFileOptions options = new IngestExternalFileOptions()) {
            options.setMoveFiles(true)
                    .setSnapshotConsistency(true)
                    .setAllowGlobalSeqNo(true)
                    .setAllowBlockingFlush(true);
            db.ingestExternalFile(family, files.stream().map(Path::toString).toList(), options);
        } catch (RocksDBException exception) {
            throw failure("Cannot ingest " + files.size() + " table files", exception);
        }
    }

    /** Runs a writer of a new table file and syncs the file. */
    void writeTable(Path file, TableContent content) {
        try (EnvOptions environment = new EnvOptions();
                Options options = new Options(dbOptions, familyOptions);
                SstFileWriter writer = new SstFileWriter(environment, options)) {
            writer.open(file.toString());
            content.writeTo(writer);
            writer.finish();
        } catch (RocksDBException exception) {
            throw failure("Cannot write the table file " + file, exception);
        } catch (IOException exception) {
            throw new InteractionStoreException("Cannot write the table file " + file + ": " + exception, exception);
        }
    }

    /** Writes the entries of a table file in key order. */
    interface TableContent {

        void writeTo(SstFileWriter writer) throws RocksDBException, IOException;
    }

    static InteractionsException failure(String what, RocksDBException exception) {
        Status status = exception.getStatus();
        if (status != null && status.getCode() == Status.Code.Corruption) {
            return new CorruptInteractionsException(
                    what + ": " + exception.getMessage() + "; restore the store from a backup", exception);
        }
        return new InteractionStoreException(what + ": " + exception.getMessage(), exception);
    }

    @Override
    public void close() {
        families.values().forEach(ColumnFamilyHandle::close);
        try {
            db.closeE();
        } catch (RocksDBException exception) {
            throw failure("Cannot close the interactions", exception);
        } finally {
            owned.reversed().forEach(RocksObject::close);
        }
    }
}
