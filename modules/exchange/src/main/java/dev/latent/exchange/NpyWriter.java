package dev.latent.exchange;

import dev.latent.spi.FloatMatrix;
import dev.latent.storage.StringTable;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes arrays as {@code numpy.save} does: version 1.0, little-endian, rows first, elements from a multiple of 64 on. */
final class NpyWriter {

    private static final int ALIGNMENT = 64;
    private static final int PREFIX = 10;
    private static final int BUFFER = 1 << 16;

    private NpyWriter() {}

    /** Writes an array; may be asked to do it twice. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Rows of float32. */
    static Content matrix(FloatMatrix matrix) {
        return out -> {
            header(out, "<f4", "(" + matrix.rows() + ", " + matrix.columns() + ")");
            elements(out, matrix.segment());
        };
    }

    /** One float32 a row. */
    static Content column(FloatMatrix matrix) {
        return out -> {
            header(out, "<f4", "(" + matrix.rows() + ",)");
            elements(out, matrix.segment());
        };
    }

    /** One float32, without dimensions. */
    static Content number(float value) {
        return out -> {
            header(out, "<f4", "()");
            out.write(ByteBuffer.allocate(Float.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(value)
                    .array());
        };
    }

    /** Texts as UTF-32, all as wide as the longest. */
    static Content texts(StringTable table) {
        return out -> {
            int width = 1;
            for (long row = 0; row < table.size(); row++) {
                String text = table.get(row);
                width = Math.max(width, text.codePointCount(0, text.length()));
            }
            header(out, "<U" + width, "(" + table.size() + ",)");
            ByteBuffer element = ByteBuffer.allocate(width * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (long row = 0; row < table.size(); row++) {
                element.clear();
                table.get(row).codePoints().forEach(element::putInt);
                while (element.hasRemaining()) {
                    element.putInt(0);
                }
                out.write(element.array());
            }
        };
    }

    private static void header(OutputStream out, String descr, String shape) throws IOException {
        StringBuilder text =
                new StringBuilder("{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }");
        while ((PREFIX + text.length() + 1) % ALIGNMENT != 0) {
            text.append(' ');
        }
        text.append('\n');
        out.write(ByteBuffer.allocate(PREFIX)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(NpyHeader.MAGIC)
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) text.length())
                .array());
        out.write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void elements(OutputStream out, MemorySegment data) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (long at = 0; at < data.byteSize(); at += BUFFER) {
            int count = (int) Math.min(BUFFER, data.byteSize() - at);
            MemorySegment.copy(data, ValueLayout.JAVA_BYTE, at, buffer, 0, count);
            out.write(buffer, 0, count);
        }
    }
}
