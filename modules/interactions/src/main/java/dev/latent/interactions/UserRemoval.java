package dev.latent.interactions;

import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * Deletes a user: id, number, every interaction and the record, in one batch. Exclusive with imports by the maintenance lock and with
 * appends by the commit lock, so no record is left behind under a number that has no id.
 */
final class UserRemoval {

    private final DatasetFamily family;
    private final CommitQueue commits;

    UserRemoval(DatasetFamily family, CommitQueue commits) {
        this.family = family;
        this.commits = commits;
    }

    /** Returns whether the user was known; the deletion is on the disk when it returns. */
    boolean remove(String userId) {
        family.maintenance().lock();
        try {
            return commits.exclusively(() -> removeLocked(userId));
        } finally {
            family.maintenance().unlock();
        }
    }

    private boolean removeLocked(String userId) {
        int user = family.findUser(userId);
        boolean described = new RecordStore<>(family, RecordKind.USERS).exists(userId);
        if (user < 0 && !described) {
            return false;
        }
        DatasetState state = family.state().copy();
        try (WriteBatch batch = new WriteBatch()) {
            if (user >= 0) {
                removeRecords(user, batch, state);
                batch.delete(family.handle(), KeyFormat.ofText(KeyFormat.USER_NUMBER, userId));
                batch.delete(family.handle(), KeyFormat.ofNumber(KeyFormat.USER_ID, user));
                state.users--;
            }
            if (described) {
                batch.delete(family.handle(), RecordKind.USERS.keyOf(userId));
                state.userRecords--;
            }
            batch.put(family.handle(), KeyFormat.state(), state.encode());
            commits.write(batch);
        } catch (RocksDBException exception) {
            throw Database.failure("Cannot prepare a write", exception);
        }
        family.users().remove(userId);
        family.publish(state);
        return true;
    }

    /** Every chunk that is there, not only those a reader would find: deleting is complete even where data is damaged. */
    private void removeRecords(int user, WriteBatch batch, DatasetState state) throws RocksDBException {
        try (RocksIterator iterator = family.database().iterator(family.handle())) {
            for (iterator.seek(KeyFormat.records(user, 0)); iterator.isValid(); iterator.next()) {
                byte[] key = iterator.key();
                if (!KeyFormat.isRecordsOf(key, user)) {
                    break;
                }
                batch.delete(family.handle(), key);
                uncount(iterator.value(), state);
            }
            Database.check(iterator);
        }
    }

    private static void uncount(byte[] records, DatasetState state) {
        int whole = records.length / RecordFormat.BYTES * RecordFormat.BYTES;
        for (int at = 0; at < whole; at += RecordFormat.BYTES) {
            int type = RecordFormat.type(records, at);
            if (type < state.typeCount()) {
                state.count(type, -1);
            }
        }
    }
}
