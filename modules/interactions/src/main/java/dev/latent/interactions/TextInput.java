package dev.latent.interactions;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Turns the bytes of a file into text: unpacks gzip (known by its first bytes, not by the name) within limits, drops a
 * byte order mark and puts U+FFFD where bytes are not of the charset. Content that ends the reading is a {@link
 * ContentException}.
 */
final class TextInput {

    /** What a byte that is not UTF-8 becomes; no import accepts it. */
    static final char INVALID = '\uFFFD';

    private static final long UNJUDGED_BYTES = 16L << 20;
    private static final int BUFFER = 1 << 16;

    private TextInput() {}

    static Reader open(InputStream raw, Charset charset, ImportLimits limits) throws IOException {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        InputStream bytes = unpack(raw, limits);
        return new BoundedLines(new InputStreamReader(bytes, decoder), limits.maxLineCharacters());
    }

    /** Returns the uncompressed bytes. */
    static InputStream unpack(InputStream raw, ImportLimits limits) throws IOException {
        Counting counting = new Counting(raw);
        BufferedInputStream buffered = new BufferedInputStream(counting, BUFFER);
        buffered.mark(2);
        boolean gzip = buffered.read() == 0x1F && buffered.read() == 0x8B;
        buffered.reset();
        if (!gzip) {
            return new Limited(buffered, counting, limits, false);
        }
        try {
            return new Limited(new GZIPInputStream(buffered, BUFFER), counting, limits, true);
        } catch (EOFException | ZipException exception) {
            throw damaged(exception);
        }
    }

    private static ContentException damaged(IOException cause) {
        ContentException exception = new ContentException(
                0, "the gzip data is cut off or damaged (" + cause.getMessage() + "); fetch the file again");
        exception.initCause(cause);
        return exception;
    }

    /** Counts the bytes of the file, which stays open when the text is closed. */
    private static final class Counting extends FilterInputStream {

        private long count;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            count += Math.max(0, read);
            return read;
        }

        @Override
        public void close() {}
    }

    /** Ends the reading of a file that unpacks to more than the limits allow. */
    private static final class Limited extends FilterInputStream {

        private final Counting file;
        private final ImportLimits limits;
        private final boolean gzip;
        private long count;

        Limited(InputStream in, Counting file, ImportLimits limits, boolean gzip) {
            super(in);
            this.file = file;
            this.limits = limits;
            this.gzip = gzip;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read;
            try {
                read = super.read(target, offset, length);
            } catch (EOFException | ZipException exception) {
                throw damaged(exception);
            }
            count += Math.max(0, read);
            if (count > limits.maxTextBytes()) {
                throw new ContentException(0, "has more than " + limits.maxTextBytes() + " bytes of text; split it");
            }
            if (gzip && count > UNJUDGED_BYTES && count / limits.maxExpansion() > file.count) {
                throw new ContentException(
                        0,
                        "unpacks " + file.count + " bytes to more than " + count + ", above " + limits.maxExpansion()
                                + " to 1; unpack it yourself if that is meant");
            }
            return read;
        }
    }

    /** Drops a byte order mark and ends the reading at a line that is too long. */
    private static final class BoundedLines extends Reader {

        private final Reader in;
        private final int limit;
        private long line = 1;
        private int length;
        private boolean started;

        BoundedLines(Reader in, int limit) {
            this.in = in;
            this.limit = limit;
        }

        @Override
        public int read(char[] target, int offset, int count) throws IOException {
            int read = in.read(target, offset, count);
            if (!started && read > 0) {
                started = true;
                if (target[offset] == '\uFEFF') {
                    System.arraycopy(target, offset + 1, target, offset, read - 1);
                    read = read == 1 ? in.read(target, offset, count) : read - 1;
                }
            }
            for (int i = offset; i < offset + read; i++) {
                if (target[i] == '\n') {
                    line++;
                    length = 0;
                } else if (++length > limit) {
                    throw new ContentException(line, "has more than " + limit + " characters in one line");
                }
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
