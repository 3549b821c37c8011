package dev.latent.interactions;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which datasets there are. Their declarations are in the default column family; the family of a dataset is named by a
 * number that is given once, so a name that comes back after a deletion never meets old rows.
 *
 * <table>
 * <caption>Keys of the default family, UTF-8</caption>
 * <tr><th>key</th><th>value</th></tr>
 * <tr><td>{@code format}</td><td>the store's format version, {@code 1}</td></tr>
 * <tr><td>{@code next}</td><td>int32, the next family's number</td></tr>
 * <tr><td>{@code dataset/NAME}</td><td>byte 1; name of the family, of the policy, ISO-8601 instant of the
 *     creation, each a uint16 length and UTF-8</td></tr>
 * </table>
 *
 * <p>A declaration is the truth: a family without one is what a stop in the middle of a creation or a deletion left, and
 * is dropped when the store is opened.
 */
final class DatasetCatalogue {

    private static final Logger LOG = LoggerFactory.getLogger(DatasetCatalogue.class);

    private static final String FORMAT_VERSION = "1";
    private static final byte[] FORMAT = utf8("format");
    private static final byte[] NEXT = utf8("next");
    private static final String PREFIX = "dataset/";

    private final Database database;
    private final CommitQueue commits;
    private final ColumnFamilyHandle root;
    private final Map<String, DatasetFamily> datasets = new ConcurrentHashMap<>();
    private boolean ended; // guarded by the commit lock

    DatasetCatalogue(Database database, CommitQueue commits) {
        this.database = database;
        this.commits = commits;
        root = database.defaultFamily();
        checkFormat();
        load();
    }

    private void checkFormat() {
        byte[] format = database.get(root, FORMAT);
        if (format == null) {
            write(batch -> batch.put(root, FORMAT, utf8(FORMAT_VERSION)));
        } else if (!new String(format, StandardCharsets.UTF_8).equals(FORMAT_VERSION)) {
            throw new InteractionStoreException("The interactions have format "
                    + Names.shown(new String(format, StandardCharsets.UTF_8)) + ", this program reads "
                    + FORMAT_VERSION + "; use the program that wrote them");
        }
    }

    private void load() {
        Map<String, ColumnFamilyHandle> families = new HashMap<>(database.families());
        families.remove(new String(RocksDB.DEFAULT_COLUMN_FAMILY, StandardCharsets.UTF_8));
        try (RocksIterator iterator = database.iterator(root)) {
            for (iterator.seek(utf8(PREFIX)); iterator.isValid(); iterator.next()) {
                String key = new String(iterator.key(), StandardCharsets.UTF_8);
                if (!key.startsWith(PREFIX)) {
                    break;
                }
                Declaration declaration = decode(key.substring(PREFIX.length()), iterator.value());
                ColumnFamilyHandle handle = families.remove(declaration.family);
                if (handle == null) {
                    throw new CorruptInteractionsException("Dataset '" + declaration.dataset.name()
                            + "': its column family '" + declaration.family + "' is missing");
                }
                add(declaration, handle);
            }
            Database.check(iterator);
        }
        families.forEach((name, handle) -> {
            LOG.warn("{}: dropping the column family of a dataset whose creation or deletion was cut short", name);
            database.dropFamily(name, handle);
        });
    }

    private DatasetFamily add(Declaration declaration, ColumnFamilyHandle handle) {
        DatasetFamily family = new DatasetFamily(declaration.dataset, declaration.family, handle, database);
        datasets.put(declaration.dataset.name(), family);
        return family;
    }

    List<Dataset> list() {
        return datasets.values().stream()
                .map(DatasetFamily::dataset)
                .sorted(Comparator.comparing(Dataset::name))
                .toList();
    }

    Optional<Dataset> find(String name) {
        return Optional.ofNullable(datasets.get(name)).map(DatasetFamily::dataset);
    }

    DatasetFamily get(String name) {
        DatasetFamily family = datasets.get(name);
        if (family == null) {
            throw new DatasetNotFoundException(name);
        }
        return family;
    }

    Dataset create(String name, RepeatPolicy policy, Instant created) {
        Dataset dataset = new Dataset(name, policy, created);
        return commits.exclusively(() -> {
            if (ended) {
                throw new InteractionStoreException("Cannot create dataset '" + name + "': the store is closed");
            }
            DatasetFamily existing = datasets.get(name);
            if (existing != null) {
                throw new DatasetExistsException(existing.dataset());
            }
            int number = nextFamily();
            Declaration declaration = new Declaration(dataset, "dataset-" + number);
            write(batch -> batch.put(root, NEXT, KeyFormat.number(number + 1)));
            ColumnFamilyHandle handle = database.createFamily(declaration.family);
            write(batch -> batch.put(root, utf8(PREFIX + name), encode(declaration)));
            LOG.info("{}: dataset created, repeat policy {}", name, policy);
            return add(declaration, handle).dataset();
        });
    }

    private int nextFamily() {
        byte[] next = database.get(root, NEXT);
        return next == null ? 1 : KeyFormat.numberIn(next, 0);
    }

    /** Deletes a dataset as soon as no operation uses it; until then its name is taken. */
    boolean delete(String name) {
        DatasetFamily family = datasets.get(name);
        if (family == null) {
            return false;
        }
        family.end();
        return commits.exclusively(() -> {
            if (datasets.get(name) != family) {
                return false;
            }
            write(batch -> batch.delete(root, utf8(PREFIX + name)));
            database.dropFamily(family.name(), family.handle());
            datasets.remove(name);
            LOG.info("{}: dataset deleted", name);
            return true;
        });
    }

    /** Waits for all operations and refuses further ones. */
    void end() {
        Collection<DatasetFamily> all = commits.exclusively(() -> {
            ended = true;
            return new ArrayList<>(datasets.values());
        });
        datasets.clear();
        all.forEach(DatasetFamily::end);
    }

    private record Declaration(Dataset dataset, String family) {}

    /** Fills a batch. */
    private interface Filling {
        void fill(WriteBatch batch) throws RocksDBException;
    }

    private void write(Filling filling) {
        try (WriteBatch batch = new WriteBatch()) {
            filling.fill(batch);
            commits.write(batch);
        } catch (RocksDBException exception) {
            throw Database.failure("Cannot prepare a write", exception);
        }
    }

    private static byte[] encode(Declaration declaration) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(1);
            out.writeUTF(declaration.family);
            out.writeUTF(declaration.dataset.policy().name());
            out.writeUTF(declaration.dataset.created().toString());
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return bytes.toByteArray();
    }

    private static Declaration decode(String name, byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != 1) {
                throw new IOException("format byte " + bytes[0] + ", expected 1");
            }
            String family = in.readUTF();
            RepeatPolicy policy = RepeatPolicy.valueOf(in.readUTF());
            Instant created = Instant.parse(in.readUTF());
            return new Declaration(new Dataset(name, policy, created), family);
        } catch (IOException | IllegalArgumentException | DateTimeException | InvalidValueException exception) {
            throw new CorruptInteractionsException(
                    "Dataset '" + Names.shown(name) + "': its declaration cannot be read: " + exception.getMessage(),
                    exception);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
