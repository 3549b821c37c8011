package dev.latent.interactions;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The counters and the types of a dataset, written with every change of it in the same atomic batch.
 *
 * <p>Its bytes: a format byte 3; int32 next user number, next item number; int64 users, items, item records,
 * interactions; uint16 number of types; for each type, in the order of its number, its name (uint16 length, UTF-8) and
 * int64 interactions; int64 revision, which format 1 did not have; int64 user records, which format 2 did not have.
 * Big-endian.
 *
 * <p>A published state is not changed any more; a writer works on a {@link #copy()}.
 */
final class DatasetState {

    private static final int FORMAT = 3;
    private static final int FORMAT_WITHOUT_USER_RECORDS = 2;
    private static final int FORMAT_WITHOUT_REVISION = 1;
    private static final int MAX_TYPES = 1_024;

    int nextUser;
    int nextItem;
    long users;
    long items;
    long itemRecords;
    long userRecords;
    long interactions;
    /** Counts the changes of the dataset: equal in two states only when everything is. */
    long revision;

    private final List<String> types = new ArrayList<>();
    private final List<Long> counts = new ArrayList<>();

    /** The state that comes next, for a writer. */
    DatasetState copy() {
        DatasetState copy = new DatasetState();
        copy.nextUser = nextUser;
        copy.nextItem = nextItem;
        copy.users = users;
        copy.items = items;
        copy.itemRecords = itemRecords;
        copy.userRecords = userRecords;
        copy.interactions = interactions;
        copy.revision = revision + 1;
        copy.types.addAll(types);
        copy.counts.addAll(counts);
        return copy;
    }

    int allocateUser() {
        if (nextUser == Integer.MAX_VALUE) {
            throw new InteractionStoreException("All " + nextUser + " user numbers of the dataset are used up");
        }
        return nextUser++;
    }

    int allocateItem() {
        if (nextItem == Integer.MAX_VALUE) {
            throw new InteractionStoreException("All " + nextItem + " item numbers of the dataset are used up");
        }
        return nextItem++;
    }

    /** Returns the number of a type, a new one when it was not there. */
    int type(String name) {
        int number = types.indexOf(name);
        if (number >= 0) {
            return number;
        }
        if (types.size() == MAX_TYPES) {
            throw new InvalidValueException(
                    "type", "'" + name + "' would be one more than the " + MAX_TYPES + " types a dataset may have");
        }
        types.add(name);
        counts.add(0L);
        return types.size() - 1;
    }

    int typeCount() {
        return types.size();
    }

    String typeName(int number) {
        return types.get(number);
    }

    List<String> typeNames() {
        return List.copyOf(types);
    }

    /** Counts interactions of a type in or, with a negative number, out. */
    void count(int type, long more) {
        counts.set(type, counts.get(type) + more);
        interactions += more;
    }

    DatasetStats stats() {
        TreeMap<String, Long> byType = new TreeMap<>();
        for (int type = 0; type < types.size(); type++) {
            if (counts.get(type) != 0) {
                byType.put(types.get(type), counts.get(type));
            }
        }
        return new DatasetStats(users, items, itemRecords, userRecords, interactions, byType);
    }

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeInt(nextUser);
            out.writeInt(nextItem);
            out.writeLong(users);
            out.writeLong(items);
            out.writeLong(itemRecords);
            out.writeLong(interactions);
            out.writeShort(types.size());
            for (int type = 0; type < types.size(); type++) {
                out.writeUTF(types.get(type));
                out.writeLong(counts.get(type));
            }
            out.writeLong(revision);
            out.writeLong(userRecords);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return bytes.toByteArray();
    }

    static DatasetState decode(String dataset, byte[] bytes) {
        DatasetState state = new DatasetState();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readByte();
            if (format < FORMAT_WITHOUT_REVISION || format > FORMAT) {
                throw new CorruptInteractionsException("Dataset '" + dataset + "': the counters have format " + format
                        + ", this program reads up to " + FORMAT + "; was the store written by a newer one?");
            }
            state.nextUser = in.readInt();
            state.nextItem = in.readInt();
            state.users = in.readLong();
            state.items = in.readLong();
            state.itemRecords = in.readLong();
            state.interactions = in.readLong();
            int types = in.readUnsignedShort();
            for (int type = 0; type < types; type++) {
                state.types.add(in.readUTF());
                state.counts.add(in.readLong());
            }
            state.revision = format > FORMAT_WITHOUT_REVISION ? in.readLong() : 0;
            state.userRecords = format > FORMAT_WITHOUT_USER_RECORDS ? in.readLong() : 0;
        } catch (IOException exception) {
            throw new CorruptInteractionsException(
                    "Dataset '" + dataset + "': the counters have " + bytes.length + " bytes, more were expected",
                    exception);
        }
        return state;
    }
}
