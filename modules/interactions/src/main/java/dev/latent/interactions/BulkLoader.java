package dev.latent.interactions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;
import org.rocksdb.WriteBatch;

/**
 * Enters an import into a dataset by one atomic ingest of table files. Under the maintenance lock; appends go on but for
 * moments.
 *
 * <ol>
 *   <li>Every id gets the number the store has for it, or a reserved one, which appends that meet the id use too.
 *   <li>The rows are sorted by user number in windows of bounded size and written as table files of merges, each file
 *       beginning where the one before ended; a user's records are cut at the ends of chunks.
 *   <li>Dictionaries, item records and the import's note become a table file, then, under the commit lock, the counters,
 *       and all files enter together.
 * </ol>
 */
final class BulkLoader {

    /** What is entered. */
    record Content(RowSpool rows, Map<String, ItemRecord> items, String fingerprint, ImportNote note) {}

    private final DatasetFamily family;
    private final CommitQueue commits;
    private final ImportFolder folder;
    private final int windowRows;

    BulkLoader(DatasetFamily family, CommitQueue commits, ImportFolder folder, int windowRows) {
        this.family = family;
        this.commits = commits;
        this.folder = folder;
        this.windowRows = windowRows;
    }

    void load(Content content) throws IOException {
        ImportNumbers numbers = new ImportNumbers(content.rows.users(), content.rows.items());
        try {
            int[] types = resolve(content, numbers);
            List<Path> files = new ArrayList<>();
            files.add(folder.file("state.sst"));
            files.add(folder.file("names.sst"));
            database().writeTable(files.getLast(), new NamesTable(content, numbers));
            RowTables tables = new RowTables(family, content.rows, numbers.users(), numbers.items(), types);
            files.addAll(tables.write(folder, windowRows));
            database().flush(family.handle());
            long newItemRecords = countNewItemRecords(content);
            family.checkOpen();
            commits.exclusively(() -> {
                ingest(content, numbers, types, newItemRecords, files);
                return files;
            });
        } finally {
            commits.exclusively(() -> {
                family.setImporting(null);
                return numbers;
            });
        }
    }

    private Database database() {
        return family.database();
    }

    /** Numbers every id and type; the reservation is durable, so no number is given twice even after a crash. */
    private int[] resolve(Content content, ImportNumbers numbers) {
        commits.exclusively(() -> {
            family.setImporting(numbers);
            return numbers;
        });
        numbers.users().resolve(this::storedUser);
        numbers.items().resolve(this::storedItem);
        return commits.exclusively(() -> {
            DatasetState state = family.state().copy();
            numbers.users().reserve(this::storedUser, state::allocateUser);
            numbers.items().reserve(this::storedItem, state::allocateItem);
            int[] types =
                    content.rows.types().ids().stream().mapToInt(state::type).toArray();
            commit(state);
            return types;
        });
    }

    private int storedUser(String id) {
        return family.stored(KeyFormat.USER_NUMBER, id);
    }

    private int storedItem(String id) {
        return family.stored(KeyFormat.ITEM_NUMBER, id);
    }

    private void commit(DatasetState state) {
        try (WriteBatch batch = new WriteBatch()) {
            batch.put(family.handle(), KeyFormat.state(), state.encode());
            commits.write(batch);
        } catch (RocksDBException exception) {
            throw Database.failure("Cannot prepare a write", exception);
        }
        family.publish(state);
    }

    private long countNewItemRecords(Content content) {
        ItemStore store = new ItemStore(family);
        return content.items.keySet().stream().filter(id -> !store.exists(id)).count();
    }

    private void ingest(Content content, ImportNumbers numbers, int[] types, long newItemRecords, List<Path> files) {
        DatasetState state = family.state().copy();
        state.users += numbers.users().newCount(this::storedUser);
        state.items += numbers.items().newCount(this::storedItem);
        state.itemRecords += newItemRecords;
        for (int type = 0; type < types.length; type++) {
            state.count(types[type], content.rows.rowsOfType(type));
        }
        database().writeTable(files.getFirst(), writer -> writer.put(KeyFormat.state(), state.encode()));
        commits.ingest(family, files);
        family.clearCaches();
        family.publish(state);
    }

    /** The dictionaries, the item records and the note, in the order of their keys. */
    private record NamesTable(Content content, ImportNumbers numbers) implements Database.TableContent {

        @Override
        public void writeTo(SstFileWriter writer) throws RocksDBException {
            write(writer, numbers.users(), KeyFormat.USER_NUMBER, KeyFormat.USER_ID);
            write(writer, numbers.items(), KeyFormat.ITEM_NUMBER, KeyFormat.ITEM_ID);
            List<ItemRecord> items = new ArrayList<>(content.items.values());
            byte[][] keys = new byte[items.size()][];
            for (int item = 0; item < keys.length; item++) {
                keys[item] =
                        KeyFormat.ofText(KeyFormat.ITEM_RECORD, items.get(item).id());
            }
            Integer[] order = new Integer[keys.length];
            Arrays.setAll(order, item -> item);
            Arrays.sort(order, (left, right) -> KeyFormat.compare(keys[left], keys[right]));
            for (int item : order) {
                writer.put(keys[item], ItemRecordFormat.encode(items.get(item)));
            }
            writer.put(
                    KeyFormat.ofBytes(KeyFormat.IMPORT, HexFormat.of().parseHex(content.fingerprint)),
                    content.note.encode());
        }

        /** Reserved ids by their bytes, then by their numbers, which ascend as the ids were met. */
        private static void write(SstFileWriter writer, ImportNumbers.Side side, byte numberKind, byte idKind)
                throws RocksDBException {
            LocalIds ids = side.ids();
            List<byte[]> entries = new ArrayList<>();
            for (int local = 0; local < ids.size(); local++) {
                if (side.isReserved(local)) {
                    byte[] id = ids.id(local).getBytes(StandardCharsets.UTF_8);
                    byte[] entry = Arrays.copyOf(id, id.length + 4);
                    System.arraycopy(KeyFormat.number(side.number(local)), 0, entry, id.length, 4);
                    entries.add(entry);
                }
            }
            List<byte[]> byNumber = List.copyOf(entries);
            entries.sort((left, right) -> Arrays.compareUnsigned(left, 0, left.length - 4, right, 0, right.length - 4));
            for (byte[] entry : entries) {
                byte[] id = Arrays.copyOf(entry, entry.length - 4);
                writer.put(KeyFormat.ofBytes(numberKind, id), Arrays.copyOfRange(entry, id.length, entry.length));
            }
            for (byte[] entry : byNumber) {
                int number = KeyFormat.numberIn(entry, entry.length - 4);
                writer.put(KeyFormat.ofNumber(idKind, number), Arrays.copyOf(entry, entry.length - 4));
            }
        }
    }
}
