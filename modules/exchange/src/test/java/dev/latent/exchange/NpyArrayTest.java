package dev.latent.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latent.spi.FloatMatrix;
import dev.latent.storage.StringTable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyArrayTest {

    private static final double[] VALUES = {1.5, -2, 0.25, 8, 0, -0.5};

    @TempDir
    private Path folder;

    private Scratch scratch = new Scratch(Path.of(""), 0);

    @BeforeEach
    void open() {
        scratch = new Scratch(folder, 1 << 20);
    }

    @AfterEach
    void close() {
        scratch.close();
    }

    private static NpyArray array(byte[] bytes) throws IOException {
        return NpyArray.of(MemorySegment.ofArray(bytes), "File a.npy");
    }

    private static List<Float> rows(FloatMatrix matrix) {
        List<Float> values = new ArrayList<>();
        for (long row = 0; row < matrix.rows(); row++) {
            for (int column = 0; column < matrix.columns(); column++) {
                values.add(matrix.get(row, column));
            }
        }
        return values;
    }

    private static List<String> strings(StringTable table) {
        return Stream.iterate(0L, row -> row + 1)
                .limit(table.size())
                .map(table::get)
                .toList();
    }

    static Stream<Arguments> types() {
        return Stream.of(
                Arguments.of("<f4", Bytes.floats(ByteOrder.LITTLE_ENDIAN, VALUES)),
                Arguments.of(">f4", Bytes.floats(ByteOrder.BIG_ENDIAN, VALUES)),
                Arguments.of("<f8", Bytes.doubles(ByteOrder.LITTLE_ENDIAN, VALUES)),
                Arguments.of(">f8", Bytes.doubles(ByteOrder.BIG_ENDIAN, VALUES)),
                Arguments.of("<f2", Bytes.halves(ByteOrder.LITTLE_ENDIAN, VALUES)),
                Arguments.of(">f2", Bytes.halves(ByteOrder.BIG_ENDIAN, VALUES)));
    }

    @ParameterizedTest
    @MethodSource("types")
    void numbers_ofEveryTypeAndOrder_areRead(String descr, byte[] elements) throws IOException {
        FloatMatrix matrix = array(Bytes.npy(descr, "(3, 2)", elements)).matrix(scratch);

        assertThat(matrix.rows()).isEqualTo(3);
        assertThat(rows(matrix)).containsExactly(1.5f, -2f, 0.25f, 8f, 0f, -0.5f);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void columnsFirst_inEveryVersion_areTransposed(int major) throws IOException {
        byte[] file = Bytes.npy(
                major,
                "{'descr': '<f4', 'fortran_order': True, 'shape': (3, 2), }",
                Bytes.floats(ByteOrder.LITTLE_ENDIAN, 1.5, 0.25, 0, -2, 8, -0.5));

        assertThat(rows(array(file).matrix(scratch))).containsExactly(1.5f, -2f, 0.25f, 8f, 0f, -0.5f);
    }

    @Test
    void manyRowsColumnsFirst_areTransposedAcrossBlocks() throws IOException {
        double[] elements = new double[3 * 700];
        Arrays.setAll(elements, index -> index);
        byte[] file = Bytes.npy(
                1,
                "{'descr': '>f8', 'fortran_order': True, 'shape': (700, 3), }",
                Bytes.doubles(ByteOrder.BIG_ENDIAN, elements));

        FloatMatrix matrix = array(file).matrix(scratch);

        for (int row : new int[] {0, 255, 256, 511, 699}) {
            for (int column = 0; column < 3; column++) {
                assertThat(matrix.get(row, column)).isEqualTo(column * 700f + row);
            }
        }
    }

    @Test
    void column_isReadFromOneOrTwoDimensions() throws IOException {
        byte[] elements = Bytes.floats(ByteOrder.LITTLE_ENDIAN, 1, 2, 3);

        assertThat(rows(array(Bytes.npy("<f4", "(3,)", elements)).column(scratch)))
                .containsExactly(1f, 2f, 3f);
        assertThat(rows(array(Bytes.npy("<f4", "(3, 1)", elements)).column(scratch)))
                .containsExactly(1f, 2f, 3f);
        assertThat(array(Bytes.npy("<f4", "()", Bytes.floats(ByteOrder.LITTLE_ENDIAN, 3.5)))
                        .number())
                .isEqualTo(3.5f);
    }

    @Test
    void ids_areReadFromIntegersAndTexts() throws IOException {
        assertThat(strings(array(Bytes.npy("<i8", "(3,)", Bytes.longs(ByteOrder.LITTLE_ENDIAN, 7, -1, Long.MAX_VALUE)))
                        .ids(scratch)))
                .containsExactly("7", "-1", "9223372036854775807");
        assertThat(strings(array(Bytes.npy(">u8", "(1,)", Bytes.longs(ByteOrder.BIG_ENDIAN, -1)))
                        .ids(scratch)))
                .containsExactly("18446744073709551615");
        assertThat(strings(array(Bytes.npy("<i2", "(2,)", new byte[] {-2, -1, 0x34, 0x12}))
                        .ids(scratch)))
                .containsExactly("-2", "4660");
        assertThat(strings(array(Bytes.npy("<U3", "(2,)", Bytes.texts(ByteOrder.LITTLE_ENDIAN, 3, "日本", "a😀c")))
                        .ids(scratch)))
                .containsExactly("日本", "a😀c");
        assertThat(strings(array(Bytes.npy(">U1", "(2,)", Bytes.texts(ByteOrder.BIG_ENDIAN, 1, "x", "y")))
                        .ids(scratch)))
                .containsExactly("x", "y");
        byte[] padded = "ab\0\0é\0\0".getBytes(StandardCharsets.UTF_8);
        assertThat(strings(array(Bytes.npy("|S4", "(2,)", padded)).ids(scratch)))
                .containsExactly("ab", "é");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<f4|(3, 3)|is followed by 24 bytes of numbers, expected 36 for the shape (3, 3)",
                "<f4|(2, 2)|is followed by 24 bytes of numbers, expected 16 for the shape (2, 2)",
                "<f4|(9223372036854775807, 2)|more than any file holds",
                "<f4|(99999999999999999999, 2)|expected a length of at least 0",
                "<f4|(-1, 2)|expected a length of at least 0",
                "<f4|(6,)|has shape (6,), expected (rows, factors)",
                "<f4|(3, 2, 1)|has shape (3, 2, 1), expected (rows, factors)",
                "<f4|(0, 2097152)|has 2097152 columns, expected at most",
                "<i4|(3, 2)|expected float16, float32 or float64; convert it with a.astype('float32')",
                "<c8|(3, 1)|expected float16, float32 or float64"
            },
            quoteCharacter = '"')
    void matrix_ofAnotherShapeOrType_isRefused(String descr, String shape, String message) {
        byte[] file = Bytes.npy(descr, shape, Bytes.floats(ByteOrder.LITTLE_ENDIAN, VALUES));

        assertThatThrownBy(() -> array(file).matrix(scratch))
                .isInstanceOf(ExchangeException.class)
                .hasMessageContaining("File a.npy")
                .hasMessageContaining(message);
    }

    static Stream<Arguments> malformed() {
        byte[] good = Bytes.matrix(VALUES);
        byte[] wrongMagic = good.clone();
        wrongMagic[1] = 'X';
        byte[] version = good.clone();
        version[6] = 9;
        byte[] length = good.clone();
        length[9] = 127;
        return Stream.of(
                Arguments.of(new byte[0], "has 0 bytes"),
                Arguments.of(Arrays.copyOf(good, 11), "has 11 bytes"),
                Arguments.of(wrongMagic, "byte 0 does not start with \\x93NUMPY"),
                Arguments.of(version, "byte 6 says format version 9, expected 1, 2 or 3"),
                Arguments.of(length, "byte 8 says that its header has"),
                Arguments.of(Arrays.copyOf(good, 60), "byte 8 says that its header has"),
                Arguments.of(Arrays.copyOf(good, good.length - 1), "is followed by 23 bytes of numbers, expected 24"),
                Arguments.of(Arrays.copyOf(good, good.length + 1), "is followed by 25 bytes of numbers, expected 24"),
                Arguments.of(dictionary("{'descr': '<f4', 'shape': (3, 2)}"), "expected a dictionary with descr"),
                Arguments.of(dictionary("{'descr': [('a', '<f4')], "), "holds records of several fields"),
                Arguments.of(dictionary("{'descr': '<f4', 'fortran_order': 1}"), "expected True or False"),
                Arguments.of(dictionary("{'descr': '<f4"), "expected a closing quote"),
                Arguments.of(dictionary("{'colour': 'red'}"), "expected only descr, fortran_order and shape"),
                Arguments.of(dictionary("print(1)"), "is 'print(1)"));
    }

    private static byte[] dictionary(String text) {
        return Bytes.npy(1, text, Bytes.floats(ByteOrder.LITTLE_ENDIAN, VALUES));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void malformedFile_isRefused(byte[] file, String message) {
        assertThatThrownBy(() -> array(file).matrix(scratch))
                .isInstanceOf(ExchangeException.class)
                .hasMessageContaining(message);
    }

    @Test
    void idsThatAreNoIds_areRefusedWithTheCure() {
        assertThatThrownBy(() -> array(Bytes.npy("|O", "(2,)", new byte[16])).ids(scratch))
                .hasMessageContaining("save numpy.array(ids, dtype=str) instead");
        assertThatThrownBy(() -> array(Bytes.npy("<f4", "(2,)", new byte[8])).ids(scratch))
                .hasMessageContaining("a.astype('int64')");
        assertThatThrownBy(() -> array(Bytes.npy("<i8", "(2, 1)", new byte[16])).ids(scratch))
                .hasMessageContaining("a.ravel()");
        assertThatThrownBy(() -> array(Bytes.npy("<U1", "(1,)", new byte[] {0, (byte) 0xd8, 0, 0}))
                        .ids(scratch))
                .hasMessageContaining("row 0 holds the number 55296, which is no Unicode character");
    }

    @Test
    void moreThanTheLimit_isRefusedBeforeItIsTaken() {
        byte[] file = Bytes.npy("<f2", "(3, 2)", Bytes.halves(ByteOrder.LITTLE_ENDIAN, VALUES));
        try (Scratch small = new Scratch(folder, 23)) {
            assertThatThrownBy(() -> array(file).matrix(small))
                    .hasMessageContaining("needs 24 bytes when it is read, expected at most 23");
        }
    }
}
