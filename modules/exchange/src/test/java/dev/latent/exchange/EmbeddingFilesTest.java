package dev.latent.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EmbeddingFilesTest {

    @TempDir
    private Path folder;

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Two users and three items of two factors; changes replace parts, none removes one. */
    private static Map<Part, byte[]> parts() {
        Map<Part, byte[]> parts = new EnumMap<>(Part.class);
        parts.put(Part.USER_FACTORS, Bytes.matrix(1, 2, 3, 4));
        parts.put(Part.USER_IDS, utf8("ada\nbob\n"));
        parts.put(Part.ITEM_FACTORS, Bytes.matrix(1, 0, 0, 1, 0, 0));
        parts.put(Part.ITEM_IDS, utf8("x\r\ny\r\nz z"));
        return parts;
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private Embeddings read(Map<Part, byte[]> parts, Scratch scratch) throws IOException {
        EmbeddingFiles files = new EmbeddingFiles(scratch);
        for (Map.Entry<Part, byte[]> part : parts.entrySet()) {
            files.add(
                    part.getKey(),
                    write(part.getKey().word(), part.getValue()),
                    part.getKey().word());
        }
        return files.embeddings();
    }

    private Scratch scratch() {
        return new Scratch(folder, 1 << 20);
    }

    @Test
    void filesOfParts_becomeEmbeddings() throws IOException {
        try (Scratch scratch = scratch()) {
            Map<Part, byte[]> parts = parts();
            parts.put(Part.ITEM_BIASES, Bytes.npy("<f8", "(3,)", Bytes.doubles(ByteOrder.LITTLE_ENDIAN, 1, 2, 3)));

            Embeddings embeddings = read(parts, scratch);

            assertThat(embeddings.users().ids().get(1)).isEqualTo("bob");
            assertThat(embeddings.items().ids().get(0)).isEqualTo("x");
            assertThat(embeddings.items().ids().get(2)).isEqualTo("z z");
            assertThat(embeddings.users().factors().get(1, 0)).isEqualTo(3);
            assertThat(embeddings.items().biases().orElseThrow().get(2, 0)).isEqualTo(3);
            assertThat(embeddings.items().countZeroRows()).isEqualTo(1);
            assertThat(embeddings.users().countZeroRows()).isZero();
        }
    }

    @Test
    void compressedAndMarkedIds_areRead() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(compressed)) {
            out.write(utf8("\uFEFFé\n日本\n"));
        }
        try (Scratch scratch = scratch()) {
            Map<Part, byte[]> parts = parts();
            parts.put(Part.USER_IDS, compressed.toByteArray());

            assertThat(read(parts, scratch).users().ids().get(0)).isEqualTo("é");
        }
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(Part.USER_IDS, utf8("ada\n"), "user_ids has 1 ids, File user_factors has 2 rows"),
                Arguments.of(Part.USER_IDS, utf8("ada\nbob\ncarl\n"), "user_ids has 3 ids"),
                Arguments.of(Part.USER_IDS, utf8("ada\nada\n"), "Id 'ada' occurs twice, as number 0 and 1"),
                Arguments.of(Part.USER_IDS, utf8("ada\n\n"), "user_ids line 2 is empty"),
                Arguments.of(Part.USER_IDS, utf8("ada\nb\tb\n"), "row 1, counted from 0, has an id with a control"),
                Arguments.of(Part.USER_IDS, utf8("ada\n" + "x".repeat(513)), "has an id of 513 bytes"),
                Arguments.of(Part.USER_IDS, new byte[] {'a', '\n', (byte) 0xff}, "has an id that is not UTF-8"),
                Arguments.of(Part.USER_IDS, new byte[] {0x1f, (byte) 0x8b, 8, 0, 0}, "is not a whole gzip file"),
                Arguments.of(
                        Part.USER_FACTORS,
                        Bytes.matrix(1, 2, 3, Double.NaN),
                        "File user_factors row 1, counted from 0, which is id 'bob', has NaN as number 1"),
                Arguments.of(
                        Part.ITEM_FACTORS,
                        Bytes.npy("<f8", "(3, 2)", Bytes.doubles(ByteOrder.LITTLE_ENDIAN, 0, 0, 1e39, 0, 0, 0)),
                        "row 1, counted from 0, which is id 'y', has Infinity as number 0"),
                Arguments.of(
                        Part.ITEM_FACTORS,
                        Bytes.npy("<f4", "(3, 1)", new byte[12]),
                        "item_factors has 1 factors a row, File user_factors has 2, expected the same"),
                Arguments.of(Part.USER_FACTORS, Bytes.npy("<f4", "(0, 2)", new byte[0]), "has no rows"),
                Arguments.of(
                        Part.USER_FACTORS, Bytes.npy("<f4", "(2, 0)", new byte[0]), "has 0 factors a row, expected 1"),
                Arguments.of(
                        Part.USER_FACTORS,
                        Bytes.npy("<f2", "(2, 4097)", new byte[2 * 2 * 4097]),
                        "has 4097 factors a row, expected 1 to 4096"),
                Arguments.of(
                        Part.ITEM_BIASES,
                        Bytes.npy("<f4", "(2,)", new byte[8]),
                        "item_biases has 2 numbers, expected one for each of the 3 rows"),
                Arguments.of(Part.ITEM_BIASES, utf8("1\n2\n3\n"), "expected a .npy file"),
                Arguments.of(Part.USER_FACTORS, utf8("no header\n"), "line 1 is 'no header'"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void partThatDoesNotFit_isRefused(Part part, byte[] content, String message) {
        Map<Part, byte[]> parts = parts();
        parts.put(part, content);
        try (Scratch scratch = scratch()) {
            assertThatThrownBy(() -> read(parts, scratch))
                    .isInstanceOf(ExchangeException.class)
                    .hasMessageContaining(message);
        }
    }

    @Test
    void missingPart_isRefused() {
        for (Part part : parts().keySet()) {
            Map<Part, byte[]> parts = parts();
            parts.remove(part);
            try (Scratch scratch = scratch()) {
                assertThatThrownBy(() -> read(parts, scratch))
                        .hasMessageStartingWith(part.word() + " are missing")
                        .hasMessageContaining("--" + part.word().replace('_', '-'));
            }
        }
    }

    private Path archive(int level, Map<String, byte[]> arrays) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(level);
            for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
                zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
                zip.write(array.getValue());
            }
        }
        return write("a.npz", bytes.toByteArray());
    }

    private static Map<String, byte[]> arrays() {
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        arrays.put("user_factors", Bytes.matrix(1, 2, 3, 4));
        arrays.put("user_ids", Bytes.npy("<i8", "(2,)", Bytes.longs(ByteOrder.LITTLE_ENDIAN, 10, 20)));
        arrays.put("item_factors", Bytes.matrix(1, 0, 0, 1, 0, 0));
        arrays.put("item_ids", Bytes.npy("<U1", "(3,)", Bytes.texts(ByteOrder.LITTLE_ENDIAN, 1, "x", "y", "z")));
        arrays.put("offset", Bytes.npy("<f4", "()", Bytes.floats(ByteOrder.LITTLE_ENDIAN, 0.5)));
        arrays.put("alpha", Bytes.npy("<f4", "()", new byte[4]));
        return arrays;
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(ints = {0, 9})
    void archive_becomesEmbeddings(int level) throws IOException {
        try (Scratch scratch = scratch()) {
            EmbeddingFiles files = new EmbeddingFiles(scratch);
            files.addArchive(archive(level, arrays()), "a.npz");

            Embeddings embeddings = files.embeddings();

            assertThat(embeddings.users().ids().get(1)).isEqualTo("20");
            assertThat(embeddings.items().ids().get(2)).isEqualTo("z");
            assertThat(embeddings.users().factors().get(1, 1)).isEqualTo(4);
            assertThat(embeddings.offset()).isEqualTo(0.5f);
            assertThat(files.ignored()).containsExactly("alpha");
        }
    }

    @Test
    void archiveThatIsTooLargeWhenUnpacked_isRefused() throws IOException {
        Map<String, byte[]> arrays = arrays();
        arrays.put("user_factors", Bytes.npy("<f4", "(500000, 2)", new byte[4_000_000]));
        Path bomb = archive(9, arrays);
        assertThat(Files.size(bomb)).isLessThan(10_000);
        try (Scratch scratch = scratch()) {
            assertThatThrownBy(() -> new EmbeddingFiles(scratch).addArchive(bomb, "a.npz"))
                    .hasMessageContaining("File a.npz array user_factors needs more than 1048576 bytes");
        }
    }

    @Test
    void damagedArchive_isRefused() throws IOException {
        byte[] good = Files.readAllBytes(archive(0, arrays()));
        byte[] flipped = good.clone();
        flipped[185] ^= 1; // an element of the first array
        for (byte[] bad : new byte[][] {Arrays.copyOf(good, good.length / 2), flipped, new byte[] {'P', 'K'}}) {
            try (Scratch scratch = scratch()) {
                assertThatThrownBy(() -> new EmbeddingFiles(scratch).addArchive(write("bad.npz", bad), "bad.npz"))
                        .isInstanceOf(ExchangeException.class)
                        .hasMessageContaining("File bad.npz")
                        .hasMessageContaining("write");
            }
        }
    }

    @Test
    void partGivenTwice_isRefused() throws IOException {
        try (Scratch scratch = scratch()) {
            EmbeddingFiles files = new EmbeddingFiles(scratch);
            files.addArchive(archive(0, arrays()), "a.npz");

            assertThatThrownBy(() -> files.add(Part.USER_IDS, write("u.txt", utf8("a\nb\n")), "u.txt"))
                    .hasMessageContaining(
                            "File u.txt gives user_ids, which come from File a.npz array user_ids already");
            assertThatThrownBy(() -> files.addOffset(1)).hasMessageContaining("leave one of them out");
        }
    }

    @Test
    void archiveForOnePart_isRefused() throws IOException {
        try (Scratch scratch = scratch()) {
            assertThatThrownBy(() -> new EmbeddingFiles(scratch).add(Part.USER_FACTORS, archive(0, arrays()), "a.npz"))
                    .hasMessageContaining("give it by --from");
        }
    }

    @Test
    void wordVectors_giveFactorsAndIds() throws IOException {
        try (Scratch scratch = scratch()) {
            Map<Part, byte[]> parts = parts();
            parts.remove(Part.USER_IDS);
            parts.put(Part.USER_FACTORS, utf8("2 2\nada 1 -2.5e-1\n日本 3 4 \n"));

            Embeddings embeddings = read(parts, scratch);

            assertThat(embeddings.users().ids().get(1)).isEqualTo("日本");
            assertThat(embeddings.users().factors().get(0, 1)).isEqualTo(-0.25f);
            assertThat(embeddings.users().factors().get(1, 1)).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @MethodSource("wordVectors")
    void malformedWordVectors_areRefused(String text, String message) {
        Map<Part, byte[]> parts = parts();
        parts.remove(Part.USER_IDS);
        parts.put(Part.USER_FACTORS, utf8(text));
        try (Scratch scratch = scratch()) {
            assertThatThrownBy(() -> read(parts, scratch)).hasMessageContaining(message);
        }
    }

    static Stream<Arguments> wordVectors() {
        return Stream.of(
                Arguments.of("", "line 1 is ''"),
                Arguments.of("2\nada 1 2\n", "line 1 is '2'"),
                Arguments.of("3 2\nada 1 2\nbob 3 4\n", "line 1 says 3 rows, the file has 2 lines after it"),
                Arguments.of("2 999999\nada 1 2\nbob 3 4\n", "the file has room for 0 at most"),
                Arguments.of("2 0\nada\nbob\n", "line 1 is '2 0'"),
                Arguments.of("2 -1\nada\nbob\n", "line 1 is '2 -1'"),
                Arguments.of("2 2\nada 1 2\nbob 3\n", "line 3 has 1 factors, expected 2"),
                Arguments.of("2 2\nada 1 2\nbob b 3 4\n", "line 3 has factor 0 'b', expected a number"),
                Arguments.of("2 2\nada 1 2\nbob 3 4 5\n", "line 3 has more than an id and 2 factors"),
                Arguments.of("2 2\n 1 2\nbob 3 4\n", "line 2 starts with a blank"),
                Arguments.of("2 2\nada 1 nan\nbob 3 4\n", "expected a number"),
                Arguments.of("2 2\nada 1 NaN\nbob 3 4\n", "which is id 'ada', has NaN"),
                Arguments.of("2 2\nada 1 2\nada 3 4\n", "Id 'ada' occurs twice"));
    }
}
