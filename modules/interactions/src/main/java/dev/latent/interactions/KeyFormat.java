package dev.latent.interactions;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The keys of a dataset's column family. A dataset is one family, so that a bulk import (dictionaries, records of items and
 * users, interactions, counters and the note that it was done) enters as one atomic ingest of table files.
 *
 * <table>
 * <caption>Keys, in their order; numbers are big-endian int32 in keys and values</caption>
 * <tr><th>key</th><th>value</th></tr>
 * <tr><td>{@code 01}</td><td>{@link DatasetState}: counters and types</td></tr>
 * <tr><td>{@code 02} user id in UTF-8</td><td>number of the user</td></tr>
 * <tr><td>{@code 03} number of a user</td><td>user id in UTF-8</td></tr>
 * <tr><td>{@code 04} item id in UTF-8</td><td>number of the item</td></tr>
 * <tr><td>{@code 05} number of an item</td><td>item id in UTF-8</td></tr>
 * <tr><td>{@code 06} item id in UTF-8</td><td>{@link ItemRecordFormat}</td></tr>
 * <tr><td>{@code 07} fingerprint, 32 bytes</td><td>{@link ImportNote}: what was imported</td></tr>
 * <tr><td>{@code 08} user id in UTF-8</td><td>{@link UserRecordFormat}</td></tr>
 * <tr><td>{@code 10} number of a user, number of a chunk</td><td>rows of {@link RecordFormat}, appended by merges</td></tr>
 * </table>
 *
 * <p>A user's chunks are numbered from 0 without gaps, and chunk k + 1 is begun only when chunk k has {@link
 * #CHUNK_RECORDS} records or more. So one read shows a light user's whole history, and no merge of a heavy user's rewrites
 * more than a chunk. Numbers are given in ascending order and never again, not even when a user was deleted.
 */
final class KeyFormat {

    static final byte STATE = 0x01;
    static final byte USER_NUMBER = 0x02;
    static final byte USER_ID = 0x03;
    static final byte ITEM_NUMBER = 0x04;
    static final byte ITEM_ID = 0x05;
    static final byte ITEM_RECORD = 0x06;
    static final byte IMPORT = 0x07;
    static final byte USER_RECORD = 0x08;
    static final byte RECORDS = 0x10;

    /** Records after which a user's next chunk is begun. */
    static final int CHUNK_RECORDS = 2_048;

    private KeyFormat() {}

    static byte[] state() {
        return new byte[] {STATE};
    }

    static byte[] ofText(byte kind, String text) {
        return ofBytes(kind, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] ofBytes(byte kind, byte[] bytes) {
        byte[] key = new byte[bytes.length + 1];
        key[0] = kind;
        System.arraycopy(bytes, 0, key, 1, bytes.length);
        return key;
    }

    static byte[] ofNumber(byte kind, int number) {
        return ByteBuffer.allocate(5).put(kind).putInt(number).array();
    }

    static byte[] records(int user, int chunk) {
        return ByteBuffer.allocate(9).put(RECORDS).putInt(user).putInt(chunk).array();
    }

    static byte[] number(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    static int numberIn(byte[] bytes, int offset) {
        return ByteBuffer.wrap(bytes).getInt(offset);
    }

    static String textIn(byte[] key) {
        return new String(key, 1, key.length - 1, StandardCharsets.UTF_8);
    }

    static boolean isKind(byte[] key, byte kind) {
        return key.length > 0 && key[0] == kind;
    }

    static boolean isRecordsOf(byte[] key, int user) {
        return isKind(key, RECORDS) && key.length == 9 && numberIn(key, 1) == user;
    }

    static int compare(byte[] left, byte[] right) {
        return Arrays.compareUnsigned(left, right);
    }
}
