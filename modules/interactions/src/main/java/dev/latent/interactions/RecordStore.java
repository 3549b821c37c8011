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

/** The records of the items, or of the users, of one dataset. */
final class RecordStore<R> {

    private final DatasetFamily family;
    private final RecordKind<R> kind;

    RecordStore(DatasetFamily family, RecordKind<R> kind) {
        this.family = family;
        this.kind = kind;
    }

    /** Writes records, all or none; on the disk when it returns. */
    void put(List<R> records, CommitQueue commits) {
        family.maintenance().lock();
        try (WriteBatch batch = new WriteBatch()) {
            long added = 0;
            Set<String> ids = new HashSet<>();
            for (R one : records) {
                String id = kind.id().apply(one);
                if (ids.add(id) && !exists(id)) {
                    added++;
                }
                batch.put(family.handle(), kind.keyOf(id), kind.encode(one));
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
        kind.counter().accept(state, more);
        try {
            batch.put(family.handle(), KeyFormat.state(), state.encode());
        } catch (RocksDBException exception) {
            throw Database.failure("Cannot prepare a write", exception);
        }
        commits.write(batch);
        family.publish(state);
    }

    boolean exists(String id) {
        return family.database().get(family.handle(), kind.keyOf(id)) != null;
    }

    Optional<R> find(String id) {
        byte[] bytes = family.database().get(family.handle(), kind.keyOf(id));
        return bytes == null
                ? Optional.empty()
                : Optional.of(kind.decode(family.dataset().name(), id, bytes));
    }

    Map<String, R> find(Collection<String> ids) {
        Map<String, R> found = new LinkedHashMap<>();
        for (String id : ids) {
            find(id).ifPresent(one -> found.put(id, one));
        }
        return found;
    }

    /** Shows every record in the order of the ids' bytes. */
    void forEach(Consumer<R> consumer) {
        try (RocksIterator iterator = family.database().iterator(family.handle())) {
            for (iterator.seek(new byte[] {kind.key()}); iterator.isValid(); iterator.next()) {
                byte[] key = iterator.key();
                if (!KeyFormat.isKind(key, kind.key())) {
                    break;
                }
                family.checkOpen();
                consumer.accept(kind.decode(family.dataset().name(), KeyFormat.textIn(key), iterator.value()));
            }
            Database.check(iterator);
        }
    }
}
