package dev.latent.exchange;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** Writes structures in the compact protocol of Thrift, in which Parquet keeps its headers. For one thread. */
final class ThriftWriter {

    /** Type of 32-bit integers. */
    static final int I32 = 5;

    /** Type of texts. */
    static final int BINARY = 8;

    /** Type of structures. */
    static final int STRUCT = 12;

    private static final int I64 = 6;
    private static final int LIST = 9;
    private static final int SHORT_LIST = 15;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Deque<Integer> outer = new ArrayDeque<>();
    private int lastField;

    byte[] bytes() {
        return out.toByteArray();
    }

    ThriftWriter i32(int field, int value) {
        header(field, I32);
        return element(value);
    }

    ThriftWriter i64(int field, long value) {
        header(field, I64);
        varint((value << 1) ^ (value >> 63));
        return this;
    }

    ThriftWriter text(int field, String value) {
        header(field, BINARY);
        return element(value);
    }

    /** Starts a list of elements, which follow. */
    ThriftWriter list(int field, int type, int size) {
        header(field, LIST);
        if (size < SHORT_LIST) {
            out.write((size << 4) | type);
        } else {
            out.write((SHORT_LIST << 4) | type);
            varint(size);
        }
        return this;
    }

    /** Adds an integer to a list. */
    ThriftWriter element(int value) {
        varint(((value << 1) ^ (value >> 31)) & 0xffffffffL);
        return this;
    }

    /** Adds a text to a list. */
    ThriftWriter element(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        varint(utf8.length);
        out.writeBytes(utf8);
        return this;
    }

    /** Starts a structure that is a field. */
    ThriftWriter struct(int field) {
        header(field, STRUCT);
        return struct();
    }

    /** Starts a structure that is an element of a list. */
    ThriftWriter struct() {
        outer.push(lastField);
        lastField = 0;
        return this;
    }

    /** Ends the structure that was started last. */
    ThriftWriter end() {
        out.write(0);
        lastField = outer.pop();
        return this;
    }

    private void header(int field, int type) {
        out.write(((field - lastField) << 4) | type);
        lastField = field;
    }

    private void varint(long value) {
        long rest = value;
        while (rest >>> 7 != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
