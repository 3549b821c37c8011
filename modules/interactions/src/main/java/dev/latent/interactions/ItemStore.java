package dev.latent.interactions;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/** The item records of one dataset. */
final class ItemStore {

    private final DatasetFamily family;

    ItemStore(DatasetFamily family) {
        this.family = family;
    }

    /** Writes records, all or none; on the disk when it returns. */
    void put(List<ItemRecord> items, CommitQueue commits) {
        family.maintenance().lock();
        try (WriteBatch batch = new WriteBatch()) {
            long added = 0;
            Set<String> ids = new HashSet<>();
            for (ItemRecord item : items) {
                if (ids.add(item.id()) && !exists(item.id())) {
                    added++;
                }
                byte[] key = KeyFormat.ofText(KeyFormat.ITEM_RECORD, item.id());
                batch.put(family.handle(), key, ItemRecordFormat.encode(item));
            }
            long more = added;
            commits.exclusively(() -> {
                commit(batch, more, commits);
                return more;
            });
        } catch (RocksDBException exception) {
            throw Database.failure("Cannot prepare a write", exception);
        } finally {
            family.maintenance().unlock();
        }
    }

    private void commit(WriteBatch batch, long more, CommitQueue commits) {
        DatasetState state = family.state().copy();
        state.itemRecords += more;
        try {
            batch.put(family.handle(), KeyFormat.state(), state.encode());
        } catch (RocksDBException exception) {
            throw Database.failure("Cannot prepare a write", exception);
        }
        commits.write(batch);
        family.publish(state);
    }

    boolean exists(String id) {
        return family.database().get(family.handle(), KeyFormat.ofText(KeyFormat.ITEM_RECORD, id)) != null;
    }

    Optional<ItemRecord> find(String id) {
        byte[] bytes = family.database().get(family.handle(), KeyFormat.ofText(KeyFormat.ITEM_RECORD, id));
        return bytes == null
                ? Optional.empty()
                : Optional.of(ItemRecordFormat.decode(family.dataset().name(), id, bytes));
    }

    Map<String, ItemRecord> find(Collection<String> ids) {
        Map<String, ItemRecord> found = new LinkedHashMap<>();
        for (String id : ids) {
            find(id).ifPresent(item -> found.put(id, item));
        }
        return found;
    }

    /** Shows every record in the order of the ids' bytes. */
    void forEach(Consumer<ItemRecord> consumer) {
        try (RocksIterator iterator = family.database().iterator(family.handle())) {
            for (iterator.seek(new byte[] {KeyFormat.ITEM_RECORD}); iterator.isValid(); iterator.next()) {
                byte[] key = iterator.key();
                if (!KeyFormat.isKind(key, KeyFormat.ITEM_RECORD)) {
                    break;
                }
                family.checkOpen();
                consumer.accept(
                        ItemRecordFormat.decode(family.dataset().name(), KeyFormat.textIn(key), iterator.value()));
            }
            Database.check(iterator);
        }
    }
}
