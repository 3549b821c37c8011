package dev.latent.interactions;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;

/**
 * Records of users or of items: how they are named, stored and counted.
 *
 * @param name in messages
 * @param key the first byte of their keys
 * @param id of a record
 * @param format of the rest of a record
 * @param counter counts records in or, with a negative number, out
 */
record RecordKind<R>(
        String name, byte key, Function<R, String> id, Format<R> format, ObjLongConsumer<DatasetState> counter) {

    static final RecordKind<ItemRecord> ITEMS = new RecordKind<>(
            "item",
            KeyFormat.ITEM_RECORD,
            ItemRecord::id,
            new ItemRecordFormat(),
            (state, more) -> state.itemRecords += more);

    static final RecordKind<UserRecord> USERS = new RecordKind<>(
            "user",
            KeyFormat.USER_RECORD,
            UserRecord::id,
            new UserRecordFormat(),
            (state, more) -> state.userRecords += more);

    private static final int FORMAT = 1;

    /** The bytes of a record behind the format byte. */
    interface Format<R> {
        void write(R value, DataOutputStream out) throws IOException;

        R read(String id, DataInputStream in) throws IOException;
    }

    byte[] keyOf(String recordId) {
        return KeyFormat.ofText(key, recordId);
    }

    byte[] encode(R value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            format.write(value, out);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return bytes.toByteArray();
    }

    R decode(String dataset, String recordId, byte[] bytes) {
        String what = "Dataset '" + dataset + "', " + name + " '" + Names.shown(recordId) + "': the record ";
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int found = in.readByte();
            if (found != FORMAT) {
                throw new CorruptInteractionsException(what + "has format " + found + ", expected " + FORMAT);
            }
            return format.read(recordId, in);
        } catch (IOException | InvalidValueException exception) {
            throw new CorruptInteractionsException(
                    what + "of " + bytes.length + " bytes cannot be read: " + exception.getMessage(), exception);
        }
    }
}
