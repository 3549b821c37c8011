package dev.latent.exchange;

import dev.latent.spi.FloatMatrix;
import dev.latent.storage.StringTable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** An array in NumPy's format, as a matrix, a column or ids. */
final class NpyArray {

    private static final int BLOCK = 256;
    private static final int MAX_COLUMNS = 1 << 20;

    private final MemorySegment file;
    private final String subject;
    private final NpyHeader header;
    private final char kind;
    private final int elementBytes;
    private final ByteOrder order;

    private NpyArray(MemorySegment file, NpyHeader header) throws ExchangeException {
        this.file = file;
        this.header = header;
        subject = header.subject();
        String descr = header.descr();
        if (!descr.matches("[<>|=]?[a-zA-Z][0-9]{0,9}")) {
            throw new ExchangeException(subject, "holds elements of type '" + descr + "', expected one such as '<f4'");
        }
        char first = descr.charAt(0);
        boolean marked = !Character.isLetter(first);
        kind = descr.charAt(marked ? 1 : 0);
        order = first == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        String digits = descr.substring(marked ? 2 : 1);
        long size = digits.isEmpty() ? 0 : Long.parseLong(digits);
        elementBytes = (int) Math.min(kind == 'U' ? size * Integer.BYTES : size, Integer.MAX_VALUE);
    }

    /**
     * Opens an array.
     *
     * @param file all of its bytes
     * @param subject its name, for messages
     */
    static NpyArray of(MemorySegment file, String subject) throws ExchangeException {
        return new NpyArray(file, NpyHeader.read(file, subject));
    }

    /** Reads rows of numbers. */
    FloatMatrix matrix(Scratch scratch) throws IOException {
        if (header.shape().size() != 2) {
            throw new ExchangeException(
                    subject,
                    "has shape " + header.shapeText() + ", expected (rows, factors); save a matrix, one row each");
        }
        Floats floats = floats();
        long rows = header.shape().get(0);
        long columns = header.shape().get(1);
        if (columns > MAX_COLUMNS) {
            throw new ExchangeException(subject, "has " + columns + " columns, expected at most " + MAX_COLUMNS);
        }
        header.checkLength(file, elementBytes);
        FloatMatrix matrix = scratch.takeMatrix(rows, (int) columns, subject);
        if (header.fortranOrder()) {
            readColumns(matrix, floats);
        } else {
            readRows(matrix.segment(), rows * columns, floats);
        }
        return matrix;
    }

    /** Reads one number a row, shaped (rows,) or (rows, 1). */
    FloatMatrix column(Scratch scratch) throws IOException {
        boolean fits = header.shape().size() == 1
                || (header.shape().size() == 2 && header.shape().get(1) == 1);
        if (!fits) {
            throw new ExchangeException(subject, "has shape " + header.shapeText() + ", expected (rows,) or (rows, 1)");
        }
        Floats floats = floats();
        long rows = header.checkLength(file, elementBytes);
        FloatMatrix matrix = scratch.takeMatrix(rows, 1, subject);
        readRows(matrix.segment(), rows, floats);
        return matrix;
    }

    /** Reads one number, shaped () or (1,). */
    float number() throws ExchangeException {
        Floats floats = floats();
        if (header.checkLength(file, elementBytes) != 1) {
            throw new ExchangeException(subject, "has shape " + header.shapeText() + ", expected one number");
        }
        return floats.at(header.dataOffset());
    }

    private void readRows(MemorySegment target, long count, Floats floats) {
        if (kind == 'f' && elementBytes == Float.BYTES && order == ByteOrder.LITTLE_ENDIAN) {
            MemorySegment.copy(file, header.dataOffset(), target, 0, count * Float.BYTES);
            return;
        }
        long from = header.dataOffset();
        for (long index = 0; index < count; index++, from += elementBytes) {
            target.set(FloatMatrix.ELEMENT, index * Float.BYTES, floats.at(from));
        }
    }

    /** Reads column after column, by blocks of rows that stay in the cache while they are written across. */
    private void readColumns(FloatMatrix matrix, Floats floats) {
        for (long block = 0; block < matrix.rows(); block += BLOCK) {
            long end = Math.min(matrix.rows(), block + BLOCK);
            for (int column = 0; column < matrix.columns(); column++) {
                long from = header.dataOffset() + (column * matrix.rows() + block) * elementBytes;
                for (long row = block; row < end; row++, from += elementBytes) {
                    matrix.set(row, column, floats.at(from));
                }
            }
        }
    }

    /** Reads a number at an offset of the file. */
    private interface Floats {
        float at(long offset);
    }

    private Floats floats() throws ExchangeException {
        String type = kind + "" + elementBytes;
        ValueLayout.OfShort shorts = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order);
        ValueLayout.OfFloat singles = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(order);
        ValueLayout.OfDouble doubles = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(order);
        return switch (type) {
            case "f2" -> offset -> Float.float16ToFloat(file.get(shorts, offset));
            case "f4" -> offset -> file.get(singles, offset);
            case "f8" -> offset -> (float) file.get(doubles, offset);
            default ->
                throw new ExchangeException(
                        subject,
                        "holds elements of type '" + header.descr() + "', expected float16, float32 or float64; convert"
                                + " it with a.astype('float32')");
        };
    }

    /** Reads one id an element: whole numbers in decimal, or texts. */
    StringTable ids(Scratch scratch) throws IOException {
        if (header.shape().size() != 1) {
            throw new ExchangeException(
                    subject, "has shape " + header.shapeText() + ", expected (rows,): one id each; use a.ravel()");
        }
        if (kind == 'O') {
            throw new ExchangeException(
                    subject,
                    "holds Python objects, which only Python can read; save numpy.array(ids, dtype=str) instead");
        }
        boolean readable = elementBytes > 0 && (kind == 'U' || kind == 'S' || integerBytes());
        if (!readable) {
            throw new ExchangeException(
                    subject,
                    "holds elements of type '" + header.descr() + "', expected integers or strings; convert it with"
                            + " a.astype('int64') or a.astype(str)");
        }
        long count = header.checkLength(file, elementBytes);
        long most = kind == 'U' || kind == 'S' ? elementBytes : 20;
        IdTableBuilder ids = new IdTableBuilder(scratch, count, Math.multiplyExact(count, most), subject);
        long from = header.dataOffset();
        for (long row = 0; row < count; row++, from += elementBytes) {
            addId(ids, from, row);
        }
        return ids.build();
    }

    private boolean integerBytes() {
        return (kind == 'i' || kind == 'u') && Long.bitCount(elementBytes) == 1 && elementBytes <= Long.BYTES;
    }

    private void addId(IdTableBuilder ids, long from, long row) throws ExchangeException {
        switch (kind) {
            case 'S' -> ids.add(file, from, trimmed(from, 1));
            case 'U' -> ids.add(text(from, row).getBytes(StandardCharsets.UTF_8));
            default -> ids.add(integer(from).getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** The bytes of an element without the zeros that fill it up. */
    private long trimmed(long from, int unit) {
        long length = elementBytes;
        while (length > 0 && isZero(from + length - unit, unit)) {
            length -= unit;
        }
        return length;
    }

    private boolean isZero(long from, int unit) {
        int sum = 0;
        for (int index = 0; index < unit; index++) {
            sum |= file.get(ValueLayout.JAVA_BYTE, from + index);
        }
        return sum == 0;
    }

    private String text(long from, long row) throws ExchangeException {
        ValueLayout.OfInt ints = ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
        StringBuilder text = new StringBuilder();
        long end = from + trimmed(from, Integer.BYTES);
        for (long at = from; at < end; at += Integer.BYTES) {
            int point = file.get(ints, at);
            boolean character = Character.isValidCodePoint(point)
                    && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE);
            if (!character) {
                throw new ExchangeException(
                        subject + " row " + row,
                        "holds the number " + Integer.toUnsignedString(point) + ", which is no Unicode character; it is"
                                + " damaged, write it again");
            }
            text.appendCodePoint(point);
        }
        return text.toString();
    }

    private String integer(long from) {
        long value = 0;
        for (int index = 0; index < elementBytes; index++) {
            long at = order == ByteOrder.BIG_ENDIAN ? from + index : from + elementBytes - 1 - index;
            value = value << Byte.SIZE | (file.get(ValueLayout.JAVA_BYTE, at) & 0xff);
        }
        if (kind == 'u') {
            return Long.toUnsignedString(value);
        }
        int unused = Long.SIZE - elementBytes * Byte.SIZE;
        return Long.toString(value << unused >> unused);
    }
}
