package dev.latent.interactions;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;

/** Reads a whole dataset as of one moment and compares everything with everything. For one use. */
final class DatasetVerification {

    private static final int MAX_PROBLEMS = 100;

    private final DatasetFamily family;
    private final List<String> problems = new ArrayList<>();
    private final BitSet users = new BitSet();
    private final BitSet userIds = new BitSet();
    private final BitSet usersWithRecords = new BitSet();
    private final BitSet items = new BitSet();
    private final BitSet itemIds = new BitSet();
    private DatasetState stored = new DatasetState();
    private final DatasetState counted = new DatasetState();
    private int lastUser = -1;
    private int lastChunk = -1;
    private int lastRecords;

    DatasetVerification(DatasetFamily family) {
        this.family = family;
    }

    List<String> problems() {
        Snapshot snapshot = family.database().snapshot();
        try (ReadOptions options = new ReadOptions()
                        .setSnapshot(snapshot)
                        .setVerifyChecksums(true)
                        .setFillCache(false);
                RocksIterator iterator = family.database().iterator(family.handle(), options)) {
            for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
                family.checkOpen();
                entry(iterator.key(), iterator.value());
            }
            Database.check(iterator);
        } catch (CorruptInteractionsException exception) {
            problem(exception.getMessage());
            return List.copyOf(problems);
        } finally {
            family.database().release(snapshot);
        }
        compare();
        return List.copyOf(problems);
    }

    private void problem(String what) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add("Dataset '" + family.dataset().name() + "': " + what);
        }
    }

    private void entry(byte[] key, byte[] value) {
        switch (key[0]) {
            case KeyFormat.STATE -> {
                stored = DatasetState.decode(family.dataset().name(), value);
                stored.typeNames().forEach(counted::type);
            }
            case KeyFormat.USER_NUMBER -> number(key, value, users, stored.nextUser);
            case KeyFormat.USER_ID -> userIds.set(KeyFormat.numberIn(key, 1));
            case KeyFormat.ITEM_NUMBER -> number(key, value, items, stored.nextItem);
            case KeyFormat.ITEM_ID -> itemIds.set(KeyFormat.numberIn(key, 1));
            case KeyFormat.ITEM_RECORD -> record(RecordKind.ITEMS, key, value);
            case KeyFormat.USER_RECORD -> record(RecordKind.USERS, key, value);
            case KeyFormat.IMPORT -> ImportNote.decode(family.dataset().name(), value);
            case KeyFormat.RECORDS -> records(KeyFormat.numberIn(key, 1), KeyFormat.numberIn(key, 5), value);
            default -> problem("a key of the unknown kind " + key[0]);
        }
    }

    private void record(RecordKind<?> kind, byte[] key, byte[] value) {
        kind.decode(family.dataset().name(), KeyFormat.textIn(key), value);
        kind.counter().accept(counted, 1);
    }

    private void number(byte[] key, byte[] value, BitSet numbers, int next) {
        String id = Names.shown(KeyFormat.textIn(key));
        if (value.length != 4) {
            problem("the number of id '" + id + "' has " + value.length + " bytes, expected 4");
            return;
        }
        int number = KeyFormat.numberIn(value, 0);
        if (number < 0 || number >= next || numbers.get(number)) {
            problem("id '" + id + "' has the number " + number + ", expected one below " + next + " of its own");
        } else {
            numbers.set(number);
        }
    }

    private void records(int user, int chunk, byte[] value) {
        int expected = user == lastUser ? lastChunk + 1 : 0;
        boolean early = user == lastUser && lastRecords < KeyFormat.CHUNK_RECORDS;
        if (chunk != expected || early) {
            problem("user number " + user + " has chunk " + chunk + " after " + lastRecords
                    + " records, expected chunk " + (early ? lastChunk : expected));
        }
        if (value.length == 0 || value.length % RecordFormat.BYTES != 0) {
            problem("the records of user number " + user + ", chunk " + chunk + ", have " + value.length
                    + " bytes, expected a multiple of " + RecordFormat.BYTES);
        }
        lastUser = user;
        lastChunk = chunk;
        lastRecords = value.length / RecordFormat.BYTES;
        usersWithRecords.set(user);
        for (int record = 0; record < lastRecords; record++) {
            record(user, value, record * RecordFormat.BYTES);
        }
    }

    private void record(int user, byte[] value, int at) {
        int item = RecordFormat.item(value, at);
        int type = RecordFormat.type(value, at);
        if (item < 0 || !items.get(item) || type >= counted.typeCount()) {
            problem("a record of user number " + user + " names item number " + item + " and type number " + type
                    + ", which do not exist");
            return;
        }
        if (!Float.isFinite(RecordFormat.value(value, at))) {
            problem("a record of user number " + user + " has the value " + RecordFormat.value(value, at));
        }
        counted.count(type, 1);
    }

    private void compare() {
        compare("users that have a number and users that have an id", users, userIds);
        compare("users that have a number and users that have records", users, usersWithRecords);
        compare("items that have a number and items that have an id", items, itemIds);
        counted.users = users.cardinality();
        counted.items = items.cardinality();
        if (!counted.stats().equals(stored.stats())) {
            problem("the counters say " + stored.stats() + ", counted were " + counted.stats());
        }
    }

    private void compare(String what, BitSet left, BitSet right) {
        if (!left.equals(right)) {
            BitSet different = (BitSet) left.clone();
            different.xor(right);
            problem(what + " differ in " + different.cardinality() + " numbers, the first is "
                    + different.nextSetBit(0));
        }
    }
}
