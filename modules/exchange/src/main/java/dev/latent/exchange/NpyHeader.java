package dev.latent.exchange;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The header of an array in NumPy's format, versions 1.0, 2.0 and 3.0 (NEP 1).
 *
 * <table>
 * <caption>Layout, little-endian</caption>
 * <tr><th>offset</th><th>bytes</th><th>content</th></tr>
 * <tr><td>0</td><td>6</td><td>{@code 93 'N' 'U' 'M' 'P' 'Y'}</td></tr>
 * <tr><td>6</td><td>2</td><td>major and minor version</td></tr>
 * <tr><td>8</td><td>2; from version 2 on 4</td><td>length of what follows, N</td></tr>
 * <tr><td>10 or 12</td><td>N</td><td>a Python dictionary: {@code descr}, {@code fortran_order}, {@code shape}; Latin-1, in
 *     version 3 UTF-8; spaces and a line feed at the end</td></tr>
 * <tr><td></td><td>the rest</td><td>the elements</td></tr>
 * </table>
 *
 * @param subject the file, for messages
 * @param descr type of the elements, for example {@code <f4}
 * @param fortranOrder whether columns follow each other, not rows
 * @param shape lengths of the dimensions
 * @param dataOffset where the elements start
 */
record NpyHeader(String subject, String descr, boolean fortranOrder, List<Long> shape, long dataOffset) {

    /** What such files begin with. */
    static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int VERSION_OFFSET = 6;
    private static final int LENGTH_OFFSET = 8;
    private static final long MAX_HEADER = 1 << 16;
    private static final String AGAIN = "; it is truncated or not such a file, write it again with numpy.save";

    /** Reads the header; {@code file} holds the whole file. */
    static NpyHeader read(MemorySegment file, String subject) throws ExchangeException {
        long size = file.byteSize();
        if (size < LENGTH_OFFSET + Integer.BYTES) {
            throw new ExchangeException(
                    subject, "has " + size + " bytes, expected a .npy header of 64 or more" + AGAIN);
        }
        if (!startsWithMagic(file)) {
            throw new ExchangeException(
                    subject + " byte 0", "does not start with \\x93NUMPY, expected a .npy file" + AGAIN);
        }
        int major = file.get(ValueLayout.JAVA_BYTE, VERSION_OFFSET);
        if (major < 1 || major > 3) {
            throw new ExchangeException(
                    subject + " byte " + VERSION_OFFSET,
                    "says format version " + (major & 0xff) + ", expected 1, 2 or 3" + AGAIN);
        }
        int lengthBytes = major == 1 ? Short.BYTES : Integer.BYTES;
        long length = major == 1
                ? Short.toUnsignedLong(file.get(SHORT, LENGTH_OFFSET))
                : Integer.toUnsignedLong(file.get(INT, LENGTH_OFFSET));
        long start = (long) LENGTH_OFFSET + lengthBytes;
        if (length > Math.min(MAX_HEADER, size - start)) {
            throw new ExchangeException(
                    subject + " byte " + LENGTH_OFFSET,
                    "says that its header has " + length + " bytes, expected at most "
                            + Math.min(MAX_HEADER, size - start) + AGAIN);
        }
        Charset charset = major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        String text = new String(file.asSlice(start, length).toArray(ValueLayout.JAVA_BYTE), charset);
        return new Dictionary(subject, text, start).header(start + length);
    }

    static boolean startsWithMagic(MemorySegment file) {
        return file.byteSize() >= MAGIC.length
                && MemorySegment.mismatch(file, 0, MAGIC.length, MemorySegment.ofArray(MAGIC), 0, MAGIC.length) < 0;
    }

    /** The number of elements, once the file is known to hold them, each of so many bytes. */
    long checkLength(MemorySegment file, int elementBytes) throws ExchangeException {
        long expected;
        try {
            expected = elementBytes;
            for (long length : shape) {
                expected = Math.multiplyExact(expected, length);
            }
        } catch (ArithmeticException exception) {
            throw new ExchangeException(
                    subject, "says shape " + shapeText() + ", more than any file holds" + AGAIN, exception);
        }
        long actual = file.byteSize() - dataOffset;
        if (actual != expected) {
            throw new ExchangeException(
                    subject + " byte " + dataOffset,
                    "is followed by " + actual + " bytes of numbers, expected " + expected + " for the shape "
                            + shapeText() + " of '" + descr + "' that its header says" + AGAIN);
        }
        return expected / elementBytes;
    }

    /** The shape as Python writes it. */
    String shapeText() {
        StringBuilder text = new StringBuilder("(");
        for (long length : shape) {
            text.append(text.length() == 1 ? "" : ", ").append(length);
        }
        return text.append(shape.size() == 1 ? ",)" : ")").toString();
    }

    /** Reads the dictionary of a header. */
    private static final class Dictionary {
        private final String subject;
        private final String text;
        private final long start;
        private int at;
        private Optional<String> descr = Optional.empty();
        private Optional<Boolean> fortranOrder = Optional.empty();
        private Optional<List<Long>> shape = Optional.empty();

        Dictionary(String subject, String text, long start) {
            this.subject = subject;
            this.text = text;
            this.start = start;
        }

        NpyHeader header(long dataOffset) throws ExchangeException {
            expect('{');
            while (!skips('}')) {
                entry();
                if (!skips(',')) {
                    expect('}');
                    break;
                }
            }
            if (descr.isEmpty() || fortranOrder.isEmpty() || shape.isEmpty()) {
                throw wrong("a dictionary with descr, fortran_order and shape");
            }
            return new NpyHeader(subject, descr.get(), fortranOrder.get(), shape.get(), dataOffset);
        }

        private void entry() throws ExchangeException {
            String key = string();
            expect(':');
            switch (key) {
                case "descr" -> descr = Optional.of(type());
                case "fortran_order" -> fortranOrder = Optional.of(bool());
                case "shape" -> shape = Optional.of(tuple());
                default -> throw wrong("only descr, fortran_order and shape");
            }
        }

        private String type() throws ExchangeException {
            if (skips('[')) {
                throw new ExchangeException(
                        subject,
                        "holds records of several fields, expected plain numbers; save one field, such as a['vector']");
            }
            return string();
        }

        private String string() throws ExchangeException {
            char quote = skips('"') ? '"' : '\'';
            if (quote == '\'') {
                expect('\'');
            }
            int end = text.indexOf(quote, at);
            if (end < 0) {
                throw wrong("a closing quote");
            }
            String value = text.substring(at, end);
            at = end + 1;
            return value;
        }

        private boolean bool() throws ExchangeException {
            skipSpace();
            for (boolean value : new boolean[] {true, false}) {
                String word = value ? "True" : "False";
                if (text.startsWith(word, at)) {
                    at += word.length();
                    return value;
                }
            }
            throw wrong("True or False");
        }

        private List<Long> tuple() throws ExchangeException {
            List<Long> lengths = new ArrayList<>();
            expect('(');
            while (!skips(')')) {
                lengths.add(number());
                if (!skips(',')) {
                    expect(')');
                    break;
                }
            }
            return List.copyOf(lengths);
        }

        private long number() throws ExchangeException {
            skipSpace();
            int from = at;
            while (at < text.length() && Character.digit(text.charAt(at), 10) >= 0) {
                at++;
            }
            try {
                return Long.parseLong(text, from, at, 10);
            } catch (NumberFormatException exception) {
                throw wrong("a length of at least 0");
            }
        }

        private void expect(char c) throws ExchangeException {
            if (!skips(c)) {
                throw wrong("'" + c + "'");
            }
        }

        private boolean skips(char c) {
            skipSpace();
            boolean found = at < text.length() && text.charAt(at) == c;
            at += found ? 1 : 0;
            return found;
        }

        private void skipSpace() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        private ExchangeException wrong(String expected) {
            String found = text.substring(Math.min(at, text.length()), Math.min(text.length(), at + 20));
            return new ExchangeException(
                    subject + " byte " + (start + at),
                    "is '" + found.replaceAll("[^ -~]", "?") + "' in the header, expected " + expected + AGAIN);
        }
    }
}
