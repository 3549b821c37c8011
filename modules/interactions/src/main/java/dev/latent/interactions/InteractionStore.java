package dev.latent.interactions;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The durable store of all datasets of a home. Thread-safe; one at a time has a directory open. */
public final class InteractionStore implements AutoCloseable {

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

    private InteractionStore() {}

    public static InteractionStore open(Path directory, Options options) {
        throw new UnsupportedOperationException();
    }

    public Dataset createDataset(String name, RepeatPolicy policy) {
        throw new UnsupportedOperationException();
    }

    public List<Dataset> datasets() {
        throw new UnsupportedOperationException();
    }

    public Optional<Dataset> findDataset(String name) {
        throw new UnsupportedOperationException();
    }

    public boolean deleteDataset(String name) {
        throw new UnsupportedOperationException();
    }

    public DatasetStats stats(String dataset) {
        throw new UnsupportedOperationException();
    }

    public void append(String dataset, List<Interaction> interactions) {
        throw new UnsupportedOperationException();
    }

    public HistoryPage read(String dataset, String userId, int pageSize, String pageToken) {
        throw new UnsupportedOperationException();
    }

    public UserHistory history(String dataset, String userId) {
        throw new UnsupportedOperationException();
    }

    public boolean deleteUser(String dataset, String userId) {
        throw new UnsupportedOperationException();
    }

    public void putItems(String dataset, List<ItemRecord> items) {
        throw new UnsupportedOperationException();
    }

    public Optional<ItemRecord> findItem(String dataset, String itemId) {
        throw new UnsupportedOperationException();
    }

    public Map<String, ItemRecord> items(String dataset, Collection<String> itemIds) {
        throw new UnsupportedOperationException();
    }

    public void forEachItem(String dataset, Consumer<ItemRecord> consumer) {
        throw new UnsupportedOperationException();
    }

    public ImportResult importPath(String dataset, Path path, ImportOptions options) {
        throw new UnsupportedOperationException();
    }

    public ImportResult importFile(String dataset, String fileName, InputStream content, ImportOptions options) {
        throw new UnsupportedOperationException();
    }

    public List<String> verify(String dataset) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
