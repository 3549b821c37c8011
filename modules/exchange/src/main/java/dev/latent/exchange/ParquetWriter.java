package dev.latent.exchange;

import dev.latent.exchange.Embeddings.Side;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes vectors as a Parquet file: {@code id} text, {@code vector} a list of float32 and, where there are any, {@code
 * bias} float32, none of them optional; plain and not compressed, a page a column in groups of rows of a few MiB.
 *
 * <p>Nothing but this one schema is written, by the format's specification (github.com/apache/parquet-format), so no
 * library is needed for it.
 */
final class ParquetWriter {

    private static final byte[] MAGIC = {'P', 'A', 'R', '1'};
    private static final long GROUP_BYTES = 8L << 20;
    private static final int FLOAT = 4;
    private static final int BYTE_ARRAY = 6;
    private static final int PLAIN = 0;
    private static final int RLE = 3;

    private final Side side;
    private final OutputStream out;
    private final List<Group> groups = new ArrayList<>();
    private long position;

    private ParquetWriter(Side side, OutputStream out) {
        this.side = side;
        this.out = out;
    }

    /** A column's page in the file. */
    private record Chunk(String path, int type, long offset, long bytes, long values) {}

    /** Rows that were written together. */
    private record Group(long rows, List<Chunk> chunks) {}

    static void write(Path file, Side side) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW))) {
            new ParquetWriter(side, out).write();
        }
    }

    private void write() throws IOException {
        put(MAGIC);
        long rowBytes = (long) side.factors().columns() * Float.BYTES;
        long groupRows = Math.max(1, GROUP_BYTES / Math.max(1, rowBytes));
        for (long row = 0; row < side.factors().rows(); row += groupRows) {
            writeGroup(row, Math.min(groupRows, side.factors().rows() - row));
        }
        byte[] footer = footer();
        put(footer);
        put(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(footer.length)
                .array());
        put(MAGIC);
    }

    private void put(byte[] bytes) throws IOException {
        out.write(bytes);
        position += bytes.length;
    }

    private void writeGroup(long first, long rows) throws IOException {
        List<Chunk> chunks = new ArrayList<>();
        chunks.add(writePage("id", BYTE_ARRAY, rows, ids(first, rows)));
        chunks.add(writePage("vector.list.element", FLOAT, rows * side.factors().columns(), vectors(first, rows)));
        if (side.biases().isPresent()) {
            byte[] biases = elements(side.biases().get().segment(), first, rows, 1);
            chunks.add(writePage("bias", FLOAT, rows, biases));
        }
        groups.add(new Group(rows, chunks));
    }

    private byte[] ids(long first, long rows) {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        for (long row = first; row < first + rows; row++) {
            byte[] id = side.ids().get(row).getBytes(StandardCharsets.UTF_8);
            page.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(id.length)
                    .array());
            page.writeBytes(id);
        }
        return page.toByteArray();
    }

    /** The levels that tell where lists begin, those that tell that every element is there, and the elements. */
    private byte[] vectors(long first, long rows) {
        int columns = side.factors().columns();
        ByteArrayOutputStream repetition = new ByteArrayOutputStream();
        if (columns == 1) {
            run(repetition, rows, 0);
        } else {
            for (long row = 0; row < rows; row++) {
                run(repetition, 1, 0);
                run(repetition, columns - 1, 1);
            }
        }
        ByteArrayOutputStream definition = new ByteArrayOutputStream();
        run(definition, rows * columns, 1);
        byte[] elements = elements(side.factors().segment(), first, rows, columns);
        return ByteBuffer.allocate(2 * Integer.BYTES + repetition.size() + definition.size() + elements.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(repetition.size())
                .put(repetition.toByteArray())
                .putInt(definition.size())
                .put(definition.toByteArray())
                .put(elements)
                .array();
    }

    /** A run of equal levels of one bit: twice its length as a variable number of bytes, then the level. */
    private static void run(ByteArrayOutputStream levels, long count, int level) {
        long rest = count << 1;
        while (rest >>> 7 != 0) {
            levels.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        levels.write((int) rest);
        levels.write(level);
    }

    private static byte[] elements(MemorySegment data, long first, long rows, int columns) {
        long rowBytes = (long) columns * Float.BYTES;
        return data.asSlice(first * rowBytes, rows * rowBytes).toArray(ValueLayout.JAVA_BYTE);
    }

    private Chunk writePage(String path, int type, long values, byte[] page) throws IOException {
        long offset = position;
        ThriftWriter header = new ThriftWriter()
                .struct()
                .i32(1, 0)
                .i32(2, page.length)
                .i32(3, page.length)
                .struct(5)
                .i32(1, Math.toIntExact(values))
                .i32(2, PLAIN)
                .i32(3, RLE)
                .i32(4, RLE)
                .end()
                .end();
        put(header.bytes());
        put(page);
        return new Chunk(path, type, offset, position - offset, values);
    }

    private byte[] footer() {
        ThriftWriter footer = new ThriftWriter().struct().i32(1, 1);
        schema(footer);
        footer.i64(3, side.factors().rows()).list(4, ThriftWriter.STRUCT, groups.size());
        groups.forEach(group -> describe(footer, group));
        return footer.text(6, "latent").end().bytes();
    }

    private void schema(ThriftWriter footer) {
        boolean biases = side.biases().isPresent();
        footer.list(2, ThriftWriter.STRUCT, biases ? 6 : 5);
        footer.struct().text(4, "embeddings").i32(5, biases ? 3 : 2).end();
        // Fields: 1 type, 3 repetition (0 required, 2 repeated), 4 name, 5 children, 6 old kind, 10 kind.
        footer.struct().i32(1, BYTE_ARRAY).i32(3, 0).text(4, "id").i32(6, 0);
        footer.struct(10).struct(1).end().end().end();
        footer.struct().i32(3, 0).text(4, "vector").i32(5, 1).i32(6, 3);
        footer.struct(10).struct(3).end().end().end();
        footer.struct().i32(3, 2).text(4, "list").i32(5, 1).end();
        footer.struct().i32(1, FLOAT).i32(3, 0).text(4, "element").end();
        if (biases) {
            footer.struct().i32(1, FLOAT).i32(3, 0).text(4, "bias").end();
        }
    }

    private static void describe(ThriftWriter footer, Group group) {
        footer.struct().list(1, ThriftWriter.STRUCT, group.chunks().size());
        for (Chunk chunk : group.chunks()) {
            List<String> path = List.of(chunk.path().split("\\.", -1));
            footer.struct().i64(2, chunk.offset()).struct(3);
            footer.i32(1, chunk.type())
                    .list(2, ThriftWriter.I32, 2)
                    .element(PLAIN)
                    .element(RLE);
            footer.list(3, ThriftWriter.BINARY, path.size());
            path.forEach(footer::element);
            footer.i32(4, 0)
                    .i64(5, chunk.values())
                    .i64(6, chunk.bytes())
                    .i64(7, chunk.bytes())
                    .i64(9, chunk.offset())
                    .end()
                    .end();
        }
        long bytes = group.chunks().stream().mapToLong(Chunk::bytes).sum();
        footer.i64(2, bytes).i64(3, group.rows()).end();
    }
}
