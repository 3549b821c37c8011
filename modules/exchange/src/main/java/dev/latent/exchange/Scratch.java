package dev.latent.exchange;

import dev.latent.spi.FloatMatrix;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Memory of the size of the embeddings that are exchanged: mapped from files without a name, so that it takes no heap and
 * the system may write it out. Everything taken is valid until this is closed. For one thread.
 */
public final class Scratch implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final Path folder;
    private final long maxBytes;
    private final Arena arena = Arena.ofShared();
    private long taken;

    /**
     * Makes room.
     *
     * @param folder of the files; must exist
     * @param maxBytes of all of them together, so that a file that says it is huge fills no disk
     */
    public Scratch(Path folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    /**
     * Takes zeros.
     *
     * @param bytes how many
     * @param subject what for, for the message of a refusal
     * @return writable
     * @throws ExchangeException when it is more than is left
     * @throws IOException when the disk fails
     */
    MemorySegment take(long bytes, String subject) throws IOException {
        if (bytes > maxBytes - taken) {
            throw tooLarge(subject, Long.toString(bytes));
        }
        taken += bytes;
        if (bytes == 0) {
            return MemorySegment.ofArray(new byte[0]);
        }
        Path file = Files.createTempFile(folder, "scratch-", ".tmp");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            return channel.map(MapMode.READ_WRITE, 0, bytes, arena);
        }
    }

    /**
     * Takes a matrix of zeros.
     *
     * @param rows at least 0
     * @param columns at least 0
     * @param subject what for
     * @return writable
     * @throws IOException as for {@link #take}
     */
    FloatMatrix takeMatrix(long rows, int columns, String subject) throws IOException {
        return new FloatMatrix(rows, columns, take(rows * columns * Float.BYTES, subject));
    }

    /**
     * Shows a file.
     *
     * @param file any
     * @return read-only
     * @throws IOException when it cannot be read
     */
    MemorySegment show(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return show(channel);
        }
    }

    /**
     * Takes what a stream holds, whose length nobody knows or may be trusted to say.
     *
     * @param stream read to its end
     * @param subject what it is
     * @return read-only
     * @throws ExchangeException when it is more than is left
     * @throws IOException when it cannot be read or the disk fails
     */
    MemorySegment takeAll(InputStream stream, String subject) throws IOException {
        Path file = Files.createTempFile(folder, "scratch-", ".tmp");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            byte[] buffer = new byte[BUFFER];
            long left = maxBytes - taken;
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                left -= count;
                if (left < 0) {
                    throw tooLarge(subject, "more than " + (maxBytes - taken));
                }
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            taken = maxBytes - left;
            return show(channel);
        }
    }

    private ExchangeException tooLarge(String subject, String bytes) {
        return new ExchangeException(
                subject,
                "needs " + bytes + " bytes when it is read, expected at most " + (maxBytes - taken) + " of the "
                        + maxBytes + " that an import may take; if it is not damaged, raise interactions.import-limit");
    }

    private MemorySegment show(FileChannel channel) throws IOException {
        return channel.size() == 0
                ? MemorySegment.ofArray(new byte[0])
                : channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
    }

    @Override
    public void close() {
        arena.close();
    }
}
