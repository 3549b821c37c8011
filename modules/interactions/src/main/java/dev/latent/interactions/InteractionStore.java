package dev.latent.interactions;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The durable store of all datasets of a home. Thread-safe; one process at a time has a directory open.
 *
 * <p>What a writing method did is on the disk when it returns, and visible to every reader. Methods that take the name of
 * a dataset throw {@link DatasetNotFoundException} when there is none; values that are not acceptable are refused by
 * {@link InvalidValueException}, damage is reported by {@link CorruptInteractionsException} and never skipped, and a disk
 * that fails by {@link InteractionStoreException}.
 */
public final class InteractionStore implements AutoCloseable {

    /** How many interactions one append takes. */
    public static final int MAX_APPEND = 100_000;

    private final Path directory;
    private final Options options;
    private final Database database;
    private final CommitQueue commits;
    private final DatasetCatalogue catalogue;
    private boolean closed;

    /**
     * How a store uses the machine.
     *
     * @param cacheBytes for blocks that were read, shared by all datasets
     * @param writeBufferBytes for writes that are not in table files yet, shared by all datasets
     * @param clock of creation times
     */
    public record Options(long cacheBytes, long writeBufferBytes, Clock clock) {

        /** Checks the sizes. */
        public Options {
            if (cacheBytes < 1 << 20 || writeBufferBytes < 1 << 20) {
                throw new InvalidValueException(
                        cacheBytes < 1 << 20 ? "cache_bytes" : "write_buffer_bytes", "must be at least 1 MiB");
            }
        }

        /**
         * 128 MiB each and the system's clock.
         *
         * @return the options
         */
        public static Options defaults() {
            return new Options(128 << 20, 128 << 20, Clock.systemUTC());
        }
    }

    private InteractionStore(Path directory, Options options, Database database) {
        this.directory = directory;
        this.options = options;
        this.database = database;
        commits = new CommitQueue(database);
        catalogue = new DatasetCatalogue(database, commits);
    }

    /**
     * Opens a store and creates it when it is not there.
     *
     * @param directory of its own; its parent must exist
     * @param options how it uses the machine
     * @return to be closed
     * @throws InteractionStoreException when it cannot be opened, for instance because another process has it open
     * @throws CorruptInteractionsException when it is damaged
     */
    public static InteractionStore open(Path directory, Options options) {
        Path files = directory.resolve("db");
        try {
            Files.createDirectories(files);
            ImportFolder.removeLeftovers(directory);
        } catch (IOException exception) {
            throw new InteractionStoreException(
                    "Cannot open the interactions in " + directory + ": " + exception, exception);
        }
        Database database = Database.open(files, options);
        try {
            return new InteractionStore(directory, options, database);
        } catch (RuntimeException exception) {
            database.close();
            throw exception;
        }
    }

    /**
     * Creates a dataset.
     *
     * @param name {@code [a-z][a-z0-9-]{0,62}}
     * @param policy how repeats combine
     * @return its declaration
     * @throws DatasetExistsException when there is one of that name
     */
    public Dataset createDataset(String name, RepeatPolicy policy) {
        return catalogue.create(name, policy, options.clock().instant());
    }

    /**
     * Returns all datasets.
     *
     * @return sorted by name
     */
    public List<Dataset> datasets() {
        return catalogue.list();
    }

    /**
     * Returns a dataset's declaration.
     *
     * @param name any
     * @return empty when there is none
     */
    public Optional<Dataset> findDataset(String name) {
        return catalogue.find(name);
    }

    /**
     * Deletes a dataset with all it holds, once the operations that use it have ended; an import is stopped.
     *
     * @param name any
     * @return whether there was one
     */
    public boolean deleteDataset(String name) {
        return catalogue.delete(name);
    }

    /**
     * Returns what a dataset holds.
     *
     * @param dataset its name
     * @return exact as of the last commit; costs nothing
     */
    public DatasetStats stats(String dataset) {
        return in(dataset, family -> family.state().stats());
    }

    /**
     * Returns a word for the content of a dataset as of the last commit: whoever finds the same word again finds the same
     * interactions and records. A dataset that was deleted and created again has others.
     *
     * @param dataset its name
     * @return letters, digits and hyphens
     */
    public String revision(String dataset) {
        return in(dataset, family -> family.name() + '-' + family.state().revision);
    }

    /**
     * Appends interactions, all or none. Threads that append at the same time share one sync of the disk.
     *
     * @param dataset its name
     * @param interactions at most {@link #MAX_APPEND}, in the order of their arrival
     */
    public void append(String dataset, List<Interaction> interactions) {
        if (interactions.size() > MAX_APPEND) {
            throw new InvalidValueException(
                    "interactions", "has " + interactions.size() + " entries, one append takes " + MAX_APPEND);
        }
        List<Interaction> copy = List.copyOf(interactions);
        run(dataset, family -> {
            if (!copy.isEmpty()) {
                commits.append(family, copy);
            }
        });
    }

    /**
     * Returns a page of a user's interactions as they were written, repeats not combined.
     *
     * @param dataset its name
     * @param userId any; an unknown one has none
     * @param pageSize 0 for 100; more than 10,000 counts as 10,000
     * @param pageToken empty for the first page, then {@link HistoryPage#nextPageToken}
     * @return in the order of arrival
     */
    public HistoryPage read(String dataset, String userId, int pageSize, String pageToken) {
        return in(dataset, family -> new HistoryReader(family).page(userId, pageSize, pageToken));
    }

    /**
     * Returns all interactions of a user, repeats combined by the dataset's policy. Takes microseconds.
     *
     * @param dataset its name
     * @param userId any; an unknown one has none
     * @return what serving and fold-in need
     */
    public UserHistory history(String dataset, String userId) {
        return in(dataset, family -> new HistoryReader(family).history(userId));
    }

    /**
     * Deletes a user's id, record and interactions; an import that is being written ends first. The same id may
     * come back later and then starts empty.
     *
     * @param dataset its name
     * @param userId any
     * @return whether the user was known
     */
    public boolean deleteUser(String dataset, String userId) {
        return in(dataset, family -> new UserRemoval(family, commits).remove(userId));
    }

    /**
     * Writes item records over those of the same ids, all or none; an import that is being written ends first.
     *
     * @param dataset its name
     * @param items of equal ids the last counts
     */
    public void putItems(String dataset, List<ItemRecord> items) {
        run(dataset, family -> new RecordStore<>(family, RecordKind.ITEMS).put(items, commits));
    }

    /**
     * Returns the record of an item.
     *
     * @param dataset its name
     * @param itemId any
     * @return empty when there is none
     */
    public Optional<ItemRecord> findItem(String dataset, String itemId) {
        return in(dataset, family -> new RecordStore<>(family, RecordKind.ITEMS).find(itemId));
    }

    /**
     * Returns the records of some items.
     *
     * @param dataset its name
     * @param itemIds any
     * @return those that there are, in the order asked for
     */
    public Map<String, ItemRecord> items(String dataset, Collection<String> itemIds) {
        return in(dataset, family -> new RecordStore<>(family, RecordKind.ITEMS).find(itemIds));
    }

    /**
     * Shows every item record, in the order of the ids' bytes.
     *
     * @param dataset its name
     * @param consumer called in this thread
     */
    public void forEachItem(String dataset, Consumer<ItemRecord> consumer) {
        run(dataset, family -> new RecordStore<>(family, RecordKind.ITEMS).forEach(consumer));
    }

    /**
     * Writes user records over those of the same ids, all or none; an import that is being written ends first.
     *
     * @param dataset its name
     * @param users of equal ids the last counts
     */
    public void putUsers(String dataset, List<UserRecord> users) {
        run(dataset, family -> new RecordStore<>(family, RecordKind.USERS).put(users, commits));
    }

    /**
     * Returns the record of a user.
     *
     * @param dataset its name
     * @param userId any
     * @return empty when there is none
     */
    public Optional<UserRecord> findUser(String dataset, String userId) {
        return in(dataset, family -> new RecordStore<>(family, RecordKind.USERS).find(userId));
    }

    /**
     * Returns the records of some users.
     *
     * @param dataset its name
     * @param userIds any
     * @return those that there are, in the order asked for
     */
    public Map<String, UserRecord> users(String dataset, Collection<String> userIds) {
        return in(dataset, family -> new RecordStore<>(family, RecordKind.USERS).find(userIds));
    }

    /**
     * Shows every user record, in the order of the ids' bytes.
     *
     * @param dataset its name
     * @param consumer called in this thread
     */
    public void forEachUser(String dataset, Consumer<UserRecord> consumer) {
        run(dataset, family -> new RecordStore<>(family, RecordKind.USERS).forEach(consumer));
    }

    /**
     * Imports a file or a folder: CSV, TSV, {@code ::} or {@code |}, with or without a header, plain or gzip; a MovieLens
     * folder as it is; {@code interactions.csv} with {@code items.csv} and {@code users.csv}. All or nothing, and once for a
     * content: users that came to a folder which was imported before are taken in alone.
     *
     * @param dataset its name
     * @param path what to read
     * @param importOptions how
     * @return what became of it; bad content is reported there
     * @throws InvalidValueException when there is nothing at the path that can be imported
     */
    public ImportResult importPath(String dataset, Path path, ImportOptions importOptions) {
        return in(dataset, family -> importer(family, importOptions).importPath(path));
    }

    /**
     * Imports the content of one file.
     *
     * @param dataset its name
     * @param fileName names it in problems
     * @param content read to its end, not closed
     * @param importOptions how
     * @return as {@link #importPath}
     */
    public ImportResult importFile(String dataset, String fileName, InputStream content, ImportOptions importOptions) {
        return in(dataset, family -> importer(family, importOptions).importStream(fileName, content));
    }

    private Importer importer(DatasetFamily family, ImportOptions importOptions) {
        return new Importer(family, commits, directory, importOptions);
    }

    /**
     * Reads everything a dataset holds, with its checksums, and compares it with its counters.
     *
     * @param dataset its name
     * @return what is wrong, empty when all is well
     */
    public List<String> verify(String dataset) {
        return in(dataset, family -> new DatasetVerification(family).problems());
    }

    /** Runs an operation of this room on a dataset, which is neither deleted nor closed before it ends. */
    <T> T in(String dataset, Function<DatasetFamily, T> operation) {
        return catalogue.get(dataset).use(operation);
    }

    private void run(String dataset, Consumer<DatasetFamily> operation) {
        in(dataset, family -> {
            operation.accept(family);
            return family;
        });
    }

    /** Waits for the operations in flight, stops imports, and closes. Idempotent. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            catalogue.end();
            database.close();
        }
    }
}
