package dev.latent.interactions;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The rows of an import in a temporary file, in the order of the text, with the import's own numbers for users, items and
 * types: what is in memory grows with the ids, not with the rows.
 *
 * <p>A row is 22 bytes, little-endian: int32 user, int32 item, float32 value, int64 time, uint16 type.
 */
final class RowSpool implements Closeable, InteractionSink {

    static final int ROW_BYTES = 22;
    private static final int BUFFER = ROW_BYTES << 15;

    private final LocalIds users = new LocalIds();
    private final LocalIds items = new LocalIds();
    private final LocalIds types = new LocalIds();
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private long[] rowsOfUser = new long[1024];
    private long[] rowsOfType = new long[4];
    private long rows;

    RowSpool(Path file) throws IOException {
        channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ);
    }

    @Override
    public void add(String userId, String itemId, float value, long time, String typeName) throws IOException {
        int user = users.add(userId);
        int type = types.add(typeName);
        if (user == rowsOfUser.length) {
            rowsOfUser = Arrays.copyOf(rowsOfUser, user * 2);
        }
        if (type == rowsOfType.length) {
            rowsOfType = Arrays.copyOf(rowsOfType, type * 2);
        }
        rowsOfUser[user]++;
        rowsOfType[type]++;
        rows++;
        if (buffer.remaining() < ROW_BYTES) {
            drain();
        }
        buffer.putInt(user)
                .putInt(items.add(itemId))
                .putFloat(value)
                .putLong(time)
                .putShort((short) type);
    }

    private void drain() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    LocalIds users() {
        return users;
    }

    LocalIds items() {
        return items;
    }

    LocalIds types() {
        return types;
    }

    @Override
    public long rows() {
        return rows;
    }

    long rowsOfUser(int user) {
        return rowsOfUser[user];
    }

    long rowsOfType(int type) {
        return rowsOfType[type];
    }

    /** Takes a row. */
    interface RowConsumer {
        void accept(int user, int item, float value, long time, int type);
    }

    /** Shows all rows in the order in which they were added; after the last {@link #add}. */
    void forEach(RowConsumer consumer) throws IOException {
        if (buffer.position() > 0) {
            drain();
        }
        ByteBuffer part = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        long position = 0;
        for (int read = channel.read(part, position); read >= 0; read = channel.read(part, position)) {
            position += read;
            part.flip();
            while (part.remaining() >= ROW_BYTES) {
                consumer.accept(
                        part.getInt(),
                        part.getInt(),
                        part.getFloat(),
                        part.getLong(),
                        Short.toUnsignedInt(part.getShort()));
            }
            part.compact();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
