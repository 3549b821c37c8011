package dev.latent.interactions;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * One stored interaction of a user: 18 bytes, little-endian. A user's value is a row of them in the order of arrival.
 *
 * <table>
 * <caption>Bytes of a record</caption>
 * <tr><th>offset</th><th>size</th><th>what</th></tr>
 * <tr><td>0</td><td>4</td><td>number of the item, int32</td></tr>
 * <tr><td>4</td><td>4</td><td>value, float32</td></tr>
 * <tr><td>8</td><td>8</td><td>seconds since 1970 UTC, int64, 0 when not known</td></tr>
 * <tr><td>16</td><td>2</td><td>number of the type, uint16</td></tr>
 * </table>
 */
final class RecordFormat {

    static final int BYTES = 18;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private RecordFormat() {}

    static void write(byte[] target, int offset, int item, float value, long time, int type) {
        INT.set(target, offset, item);
        FLOAT.set(target, offset + 4, value);
        LONG.set(target, offset + 8, time);
        SHORT.set(target, offset + 16, (short) type);
    }

    static int item(byte[] records, int offset) {
        return (int) INT.get(records, offset);
    }

    static float value(byte[] records, int offset) {
        return (float) FLOAT.get(records, offset + 4);
    }

    static long time(byte[] records, int offset) {
        return (long) LONG.get(records, offset + 8);
    }

    static int type(byte[] records, int offset) {
        return Short.toUnsignedInt((short) SHORT.get(records, offset + 16));
    }

    /** What repeats share: item and type. */
    static long key(int item, int type) {
        return (long) item << 16 | type;
    }

    static int item(long key) {
        return (int) (key >> 16);
    }

    static int type(long key) {
        return (int) (key & 0xFFFF);
    }
}
