package dev.latent.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latent.spi.ElementType;
import dev.latent.spi.Section;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SectionFileTest {

    private static final String ID = "movies@7";

    @TempDir
    private Path directory;

    private Path file;
    private byte[] good;

    @BeforeEach
    void writeOne() throws IOException {
        file = directory.resolve("item_factors.section");
        byte[] payload = new byte[3 * 2 * 4];
        for (int index = 0; index < payload.length; index++) {
            payload[index] = (byte) (index * 37 + 1);
        }
        SectionFileWriter.write(file, ID, section("item_factors", 3, 2, payload), FileOperations.system());
        good = Files.readAllBytes(file);
    }

    private static Section section(String name, long rows, int columns, byte[] payload) {
        return new Section(name, ElementType.FLOAT32, rows, columns, MemorySegment.ofArray(payload));
    }

    private Section open() throws IOException {
        return SectionFile.open(file, ID, "item_factors", Arena.ofAuto());
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void written_readsBackAlignedAndReadOnly(ElementType type) throws IOException {
        Path path = directory.resolve("x.section");
        byte[] payload = new byte[5 * 3 * type.bytes()];
        new Random(1).nextBytes(payload);
        Section section = new Section("x", type, 5, 3, MemorySegment.ofArray(payload));
        SectionFileWriter.write(path, ID, section, FileOperations.system());

        Section read = SectionFile.open(path, ID, "x", Arena.ofAuto());

        assertThat(read.type()).isEqualTo(type);
        assertThat(read.rows()).isEqualTo(5);
        assertThat(read.columns()).isEqualTo(3);
        assertThat(read.data().toArray(ValueLayout.JAVA_BYTE)).isEqualTo(payload);
        assertThat(read.data().address() % 64).isZero();
        assertThat(read.data().isReadOnly()).isTrue();
    }

    @Test
    void arraysOfAnyType_areStored() throws IOException {
        MemorySegment[] arrays = {
            MemorySegment.ofArray(new int[] {1, 2}),
            MemorySegment.ofArray(new float[] {1, 2}),
            MemorySegment.ofArray(new long[] {1}),
            MemorySegment.ofArray(new double[] {1}),
            MemorySegment.ofArray(new byte[8]).asReadOnly()
        };
        for (int index = 0; index < arrays.length; index++) {
            Path path = directory.resolve("array" + index + ".section");
            Section section = new Section("x", ElementType.INT8, 8, 1, arrays[index]);
            SectionFileWriter.write(path, ID, section, FileOperations.system());
            assertThat(SectionFile.open(path, ID, "x", Arena.ofAuto()).data().mismatch(arrays[index]))
                    .isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0,5", "5,0"})
    void noElements_readsBack(long rows, int columns) throws IOException {
        Path path = directory.resolve("x.section");
        SectionFileWriter.write(path, ID, section("x", rows, columns, new byte[0]), FileOperations.system());

        Section read = SectionFile.open(path, ID, "x", Arena.ofAuto());

        assertThat(read.rows()).isEqualTo(rows);
        assertThat(read.columns()).isEqualTo(columns);
    }

    @Test
    void piecewise_givesTheSameBytes() throws IOException {
        Path path = directory.resolve("pieces.section");
        byte[] payload = Arrays.copyOfRange(good, good.length - 16 - 24, good.length - 16);
        SectionFileWriter.Shape shape = new SectionFileWriter.Shape("item_factors", ElementType.FLOAT32, 3, 2);
        try (SectionFileWriter writer = SectionFileWriter.create(path, ID, shape, FileOperations.system())) {
            writer.append(ByteBuffer.wrap(payload, 0, 5));
            writer.append(MemorySegment.ofArray(payload).asSlice(5));
            writer.finish();
        }
        assertThat(Files.readAllBytes(path)).isEqualTo(good);
    }

    @Test
    void tooManyOrTooFewPieces_areRefused() throws IOException {
        SectionFileWriter.Shape shape = new SectionFileWriter.Shape("x", ElementType.INT8, 3, 1);
        Path path = directory.resolve("x.section");
        try (SectionFileWriter writer = SectionFileWriter.create(path, ID, shape, FileOperations.system())) {
            writer.append(ByteBuffer.wrap(new byte[2]));
            assertThatThrownBy(writer::finish).hasMessageContaining("needs 3 bytes of elements, got 2");
            assertThatThrownBy(() -> writer.append(ByteBuffer.wrap(new byte[2])))
                    .hasMessageContaining("takes 3 bytes of elements, got 4");
        }
        assertThatThrownBy(() -> SectionFile.open(path, ID, "x", Arena.ofAuto()))
                .isInstanceOf(CorruptFileException.class);
    }

    @Test
    void everyBitFlipped_isRefused() throws IOException {
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, bad);
            assertThatThrownBy(this::open)
                    .as("bit %d", bit)
                    .isInstanceOf(CorruptFileException.class)
                    .hasMessageContaining("item_factors.section")
                    .hasMessageContaining("expected");
        }
    }

    @Test
    void everyLengthCut_isRefused() throws IOException {
        for (int length = 0; length < good.length; length++) {
            Files.write(file, Arrays.copyOf(good, length));
            assertThatThrownBy(this::open).as("length %d", length).isInstanceOf(CorruptFileException.class);
        }
    }

    @Test
    void everyLengthExtended_isRefused() throws IOException {
        for (int extra = 1; extra <= 130; extra++) {
            Files.write(file, Arrays.copyOf(good, good.length + extra));
            assertThatThrownBy(this::open).as("extra %d", extra).isInstanceOf(CorruptFileException.class);
        }
        byte[] twice = Arrays.copyOf(good, good.length * 2);
        System.arraycopy(good, 0, twice, good.length, good.length);
        Files.write(file, twice);
        assertThatThrownBy(this::open)
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("length is " + twice.length + " bytes, expected " + good.length);
    }

    @Test
    void otherObjectOrSection_isRefusedByName() {
        assertThatThrownBy(() -> SectionFile.open(file, "movies@8", "item_factors", Arena.ofAuto()))
                .hasMessageContaining("the object id is 'movies@7', expected 'movies@8'");
        assertThatThrownBy(() -> SectionFile.open(file, ID, "user_factors", Arena.ofAuto()))
                .hasMessageContaining("the section name is 'item_factors', expected 'user_factors'");
    }

    @Test
    void missingFileLinkAndDirectory_areRefused() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link.section"), file);
        assertThatThrownBy(() -> SectionFile.open(link, ID, "item_factors", Arena.ofAuto()))
                .hasMessageContaining("is a link or a directory, expected a regular file");
        Files.delete(file);
        assertThatThrownBy(this::open).hasMessageContaining("the file is missing, expected a regular file");
        Files.createDirectory(file);
        assertThatThrownBy(this::open).isInstanceOf(CorruptFileException.class);
    }

    /** Changes the file as somebody would who knows the format: the checksum is right. */
    private void reseal(Consumer<ByteBuffer> change) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(good.clone()).order(ByteOrder.LITTLE_ENDIAN);
        change.accept(bytes);
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), 0, good.length - 4);
        bytes.putInt(good.length - 4, (int) crc.getValue());
        Files.write(file, bytes.array());
    }

    @Test
    void resealedUnchanged_opens() throws IOException {
        reseal(bytes -> {});
        assertThat(open().rows()).isEqualTo(3);
    }

    @Test
    void newerAndOlderFormat_areToldApart() throws IOException {
        reseal(bytes -> bytes.putInt(12, 2));
        assertThatThrownBy(this::open)
                .isInstanceOf(FileTooNewException.class)
                .hasMessageContaining("format version is 2, expected at most 1");
        reseal(bytes -> bytes.putInt(12, 0));
        assertThatThrownBy(this::open).isInstanceOf(FileTooOldException.class);
    }

    @Test
    void countsThatDoNotFitTheFile_areRefusedBeforeTheyAreUsed() throws IOException {
        for (long rows : new long[] {-1, 4, 2, Long.MAX_VALUE, 1L << 60, (1L << 61) + 3, Long.MIN_VALUE}) {
            reseal(bytes -> bytes.putLong(24, rows));
            assertThatThrownBy(this::open).as("rows %d", rows).hasMessageContaining("the shape is " + rows + " x 2");
        }
        for (int columns : new int[] {-1, 0, 3, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            reseal(bytes -> bytes.putInt(20, columns));
            assertThatThrownBy(this::open).as("columns %d", columns).isInstanceOf(CorruptFileException.class);
        }
        reseal(bytes -> bytes.putLong(32, 25));
        assertThatThrownBy(this::open).isInstanceOf(CorruptFileException.class);
        for (int offset : new int[] {-64, 0, 1, 64, 127, 192, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            reseal(bytes -> bytes.putInt(16, offset));
            assertThatThrownBy(this::open).as("offset %d", offset).isInstanceOf(CorruptFileException.class);
        }
        for (int field : new int[] {40, 42, 44}) {
            reseal(bytes -> bytes.putShort(field, (short) 0xFFFF));
            assertThatThrownBy(this::open).as("text length at %d", field).isInstanceOf(CorruptFileException.class);
        }
        reseal(bytes -> bytes.put(48 + ID.length() + "item_factors".length(), (byte) 'X'));
        assertThatThrownBy(this::open).hasMessageContaining("the element type is 'XLOAT32'");
    }

    @Test
    void existingFile_isNotOverwritten() throws IOException {
        assertThatThrownBy(() -> SectionFileWriter.write(
                        file, ID, section("item_factors", 0, 0, new byte[0]), FileOperations.system()))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.readAllBytes(file)).isEqualTo(good);
    }

    @Test
    void stoppedAnywhere_leavesNoFileThatOpensUnlessWhole() throws IOException {
        Path done = directory.resolve("done.section");
        SectionFileWriter.write(done, ID, section("x", 6, 1, new byte[24]), FileOperations.system());
        long whole = Files.size(done);
        for (StoppingFileOperations.Mode mode : StoppingFileOperations.Mode.values()) {
            boolean stopped = true;
            for (int step = 1; stopped; step++) {
                Path path = directory.resolve(mode + "-" + step + ".section");
                StoppingFileOperations operations = new StoppingFileOperations(step, mode);
                try {
                    SectionFileWriter.write(path, ID, section("x", 6, 1, new byte[24]), operations);
                } catch (StoppingFileOperations.StoppedException expected) {
                    assertThat(operations.stopped()).isTrue();
                }
                stopped = operations.stopped();
                if (Files.exists(path) && Files.size(path) < whole) {
                    assertThatThrownBy(() -> SectionFile.open(path, ID, "x", Arena.ofAuto()))
                            .as("%s %s", mode, operations.steps())
                            .isInstanceOf(CorruptFileException.class);
                }
            }
            assertThat(directory.resolve(mode + "-5.section")).exists();
        }
    }
}
