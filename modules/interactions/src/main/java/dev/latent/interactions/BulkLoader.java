package dev.latent.interactions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
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
 *   <li>Dictionaries, records of items and users and the import's notes become a table file, then, under the commit lock, the counters,
 *       and all files enter together.
 * </ol>
 */
final class BulkLoader {

    /**
     * What is entered.
     *
     * @param notes what was imported, by the fingerprints under which it is known from then on
     */
    record Content(
            RowSpool rows,
            Map<String, ItemRecord> items,
            Map<String, UserRecord> users,
            SortedMap<String, ImportNote> notes) {}

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
            long newItemRecords = countNew(RecordKind.ITEMS, content.items);
            long newUserRecords = countNew(RecordKind.USERS, content.users);
            family.checkOpen();
            commits.exclusively(() -> {
                DatasetState state = family.state().copy();
                state.itemRecords += newItemRecords;
                state.userRecords += newUserRecords;
                ingest(content, numbers, types, state, files);
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

    private <R> long countNew(RecordKind<R> kind, Map<String, R> records) {
        RecordStore<R> store = new RecordStore<>(family, kind);
        return records.keySet().stream().filter(id -> !store.exists(id)).count();
    }

    private void ingest(Content content, ImportNumbers numbers, int[] types, DatasetState state, List<Path> files) {
        state.users += numbers.users().newCount(this::storedUser);
        state.items += numbers.items().newCount(this::storedItem);
        for (int type = 0; type < types.length; type++) {
            state.count(types[type], content.rows.rowsOfType(type));
        }
        database().writeTable(files.getFirst(), writer -> writer.put(KeyFormat.state(), state.encode()));
        commits.ingest(family, files);
        family.clearCaches();
        family.publish(state);
    }

    /** The dictionaries, the records and the notes, in the order of their keys. */
    private record NamesTable(Content content, ImportNumbers numbers) implements Database.TableContent {

        @Override
        public void writeTo(SstFileWriter writer) throws RocksDBException {
            write(writer, numbers.users(), KeyFormat.USER_NUMBER, KeyFormat.USER_ID);
            write(writer, numbers.items(), KeyFormat.ITEM_NUMBER, KeyFormat.ITEM_ID);
            write(writer, RecordKind.ITEMS, content.items);
            for (Map.Entry<String, ImportNote> note : content.notes.entrySet()) {
                writer.put(
                        KeyFormat.ofBytes(KeyFormat.IMPORT, HexFormat.of().parseHex(note.getKey())),
                        note.getValue().encode());
            }
            write(writer, RecordKind.USERS, content.users);
        }

        private static <R> void write(SstFileWriter writer, RecordKind<R> kind, Map<String, R> records)
                throws RocksDBException {
            List<R> unsorted = new ArrayList<>(records.values());
            byte[][] keys = new byte[unsorted.size()][];
            Arrays.setAll(keys, index -> kind.keyOf(kind.id().apply(unsorted.get(index))));
            Integer[] order = new Integer[keys.length];
            Arrays.setAll(order, index -> index);
            Arrays.sort(order, (left, right) -> KeyFormat.compare(keys[left], keys[right]));
            for (int index : order) {
                writer.put(keys[index], kind.encode(unsorted.get(index)));
            }
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
