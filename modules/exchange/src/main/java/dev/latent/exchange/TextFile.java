package dev.latent.exchange;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A text file, gzip or not, as lines of bytes. */
final class TextFile {

    private static final long MARK_BYTES = 3;
    private static final byte CARRIAGE_RETURN = '\r';

    private final MemorySegment bytes;
    private final String subject;
    private final long first;

    private TextFile(MemorySegment bytes, String subject) {
        this.bytes = bytes;
        this.subject = subject;
        first = startsWithMark(bytes) ? MARK_BYTES : 0;
    }

    /**
     * Opens a file.
     *
     * @param path the file
     * @param subject its name, for messages
     * @param scratch takes what was compressed
     */
    static TextFile open(Path path, String subject, Scratch scratch) throws IOException {
        MemorySegment bytes = scratch.show(path);
        return new TextFile(isGzip(bytes) ? inflate(path, subject, scratch) : bytes, subject);
    }

    private static boolean isGzip(MemorySegment bytes) {
        return bytes.byteSize() >= 2
                && bytes.get(ValueLayout.JAVA_BYTE, 0) == 0x1f
                && bytes.get(ValueLayout.JAVA_BYTE, 1) == (byte) 0x8b;
    }

    private static MemorySegment inflate(Path path, String subject, Scratch scratch) throws IOException {
        try (InputStream content = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
            return scratch.takeAll(content, subject);
        } catch (ZipException | EOFException exception) {
            throw new ExchangeException(
                    subject, "is not a whole gzip file: " + exception.getMessage() + "; compress it again", exception);
        }
    }

    /** UTF-8 files of some programs begin with a mark that is no character of the text. */
    private static boolean startsWithMark(MemorySegment bytes) {
        return bytes.byteSize() >= MARK_BYTES
                && bytes.get(ValueLayout.JAVA_BYTE, 0) == (byte) 0xef
                && bytes.get(ValueLayout.JAVA_BYTE, 1) == (byte) 0xbb
                && bytes.get(ValueLayout.JAVA_BYTE, 2) == (byte) 0xbf;
    }

    MemorySegment bytes() {
        return bytes;
    }

    String subject() {
        return subject;
    }

    /** Receives lines. */
    interface Lines {
        /**
         * Takes a line.
         *
         * @param number from 1
         * @param start of its first byte
         * @param end after its last byte, its line end not counted
         */
        void line(long number, long start, long end) throws IOException;
    }

    /** Hands over all lines; the last may end with the file. Lines end with a line feed, a carriage return before it or not. */
    void forEach(Lines lines) throws IOException {
        long number = 0;
        long start = first;
        long size = bytes.byteSize();
        while (start < size) {
            long end = start;
            while (end < size && bytes.get(ValueLayout.JAVA_BYTE, end) != '\n') {
                end++;
            }
            boolean returned = end > start && bytes.get(ValueLayout.JAVA_BYTE, end - 1) == CARRIAGE_RETURN;
            lines.line(++number, start, returned ? end - 1 : end);
            start = end + 1;
        }
    }

    long countLines() throws IOException {
        long[] count = new long[1];
        forEach((number, _, _) -> count[0] = number);
        return count[0];
    }
}
