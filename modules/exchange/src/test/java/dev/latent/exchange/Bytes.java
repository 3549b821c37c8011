package dev.latent.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Files written byte by byte, as the formats' own documents say. */
final class Bytes {

    private Bytes() {}

    static byte[] npy(int major, String dictionary, byte[] elements) {
        int prefix = major == 1 ? 10 : 12;
        String text = dictionary;
        while ((prefix + text.length() + 1) % 64 != 0) {
            text += " ";
        }
        text += "\n";
        ByteBuffer bytes = ByteBuffer.allocate(prefix + text.length() + elements.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) major, 0});
        if (major == 1) {
            bytes.putShort((short) text.length());
        } else {
            bytes.putInt(text.length());
        }
        return bytes.put(text.getBytes(StandardCharsets.UTF_8)).put(elements).array();
    }

    static byte[] npy(String descr, String shape, byte[] elements) {
        return npy(1, "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }", elements);
    }

    static byte[] floats(ByteOrder order, double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(order);
        for (double value : values) {
            bytes.putFloat((float) value);
        }
        return bytes.array();
    }

    static byte[] doubles(ByteOrder order, double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES).order(order);
        for (double value : values) {
            bytes.putDouble(value);
        }
        return bytes.array();
    }

    static byte[] halves(ByteOrder order, double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Short.BYTES).order(order);
        for (double value : values) {
            bytes.putShort(Float.floatToFloat16((float) value));
        }
        return bytes.array();
    }

    static byte[] longs(ByteOrder order, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(order);
        for (long value : values) {
            bytes.putLong(value);
        }
        return bytes.array();
    }

    /** Texts as UTF-32, filled up with zeros. */
    static byte[] texts(ByteOrder order, int width, String... values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(values.length * width * Integer.BYTES).order(order);
        for (String value : values) {
            int[] points = value.codePoints().toArray();
            for (int index = 0; index < width; index++) {
                bytes.putInt(index < points.length ? points[index] : 0);
            }
        }
        return bytes.array();
    }

    /** A matrix of two factors a row. */
    static byte[] matrix(double... values) {
        return npy("<f4", "(" + values.length / 2 + ", 2)", floats(ByteOrder.LITTLE_ENDIAN, values));
    }
}
