package dev.latent.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latent.exchange.Embeddings.Side;
import dev.latent.spi.FloatMatrix;
import dev.latent.storage.StringTable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files in the resources were written by DuckDB 1.5.6. */
class ParquetTableTest {

    @TempDir
    private Path folder;

    private Scratch scratch = new Scratch(Path.of(""), 0);

    @BeforeEach
    void open() {
        scratch = new Scratch(folder, 1 << 26);
    }

    @AfterEach
    void close() {
        scratch.close();
    }

    private Path resource(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream content =
                Objects.requireNonNull(ParquetTableTest.class.getResourceAsStream(name), () -> name)) {
            Files.copy(content, file);
        }
        return file;
    }

    private ParquetTable.Content read(Path file) throws IOException {
        return ParquetTable.read(file, "File t.parquet", scratch);
    }

    @Test
    void columnOfLists_isRead() throws IOException {
        ParquetTable.Content content = read(resource("lists-snappy.parquet"));

        assertThat(content.ids().get(1)).isEqualTo("日本");
        assertThat(content.factors().rows()).isEqualTo(2);
        assertThat(content.factors().get(0, 1)).isEqualTo(-2);
        assertThat(content.factors().get(1, 0)).isEqualTo(0.25f);
        assertThat(content.biases()).isEmpty();
    }

    @Test
    void columnForEachFactor_isRead() throws IOException {
        ParquetTable.Content content = read(resource("factors-zstd.parquet"));

        assertThat(content.ids().get(1)).isEqualTo("-20");
        assertThat(content.factors().columns()).isEqualTo(2);
        assertThat(content.factors().get(1, 1)).isEqualTo(8);
        assertThat(content.biases().orElseThrow().get(1, 0)).isEqualTo(1.5f);
    }

    @ParameterizedTest
    @CsvSource({
        "missing.parquet,column vector has missing values in rows 0 to 1",
        "ragged.parquet,'row 1, counted from 0, has 1 factors, expected 2 as row 0 has'",
        "no-id.parquet,has no column 'id' and 2 others that could be it",
        "no-vector.parquet,has 0 columns of lists of numbers and 0 of numbers"
    })
    void tableThatDoesNotFit_isRefused(String name, String message) throws IOException {
        Path file = resource(name);

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(ExchangeException.class)
                .hasMessageContaining("File t.parquet")
                .hasMessageContaining(message);
    }

    private static Side side(int rows, int rank, boolean biased) {
        Arena arena = Arena.ofAuto();
        FloatMatrix factors = FloatMatrix.allocate(arena, rows, rank);
        FloatMatrix biases = FloatMatrix.allocate(arena, rows, 1);
        for (int row = 0; row < rows; row++) {
            biases.set(row, 0, row / 3f);
            for (int factor = 0; factor < rank; factor++) {
                factors.set(row, factor, (row * 31 + factor) / 7f);
            }
        }
        return new Side(
                StringTable.of(() ->
                        IntStream.range(0, rows).mapToObj(row -> "é" + row).iterator()),
                factors,
                biased ? Optional.of(biases) : Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"1,1,false", "3,1,true", "1000,64,true", "40000,64,false", "2000,1500,true"})
    void writtenTable_comesBackWithTheSameBytes(int rows, int rank, boolean biased) throws IOException {
        Side side = side(rows, rank, biased);
        Path file = folder.resolve("out.parquet");

        ParquetWriter.write(file, side);

        ParquetTable.Content content = read(file);
        assertThat(content.factors().columns()).isEqualTo(rank);
        assertThat(content.factors().segment().mismatch(side.factors().segment()))
                .isEqualTo(-1);
        assertThat(content.ids().size()).isEqualTo(rows);
        assertThat(content.ids().get(rows - 1)).isEqualTo("é" + (rows - 1));
        assertThat(content.biases()
                        .map(biases -> biases.segment()
                                .mismatch(side.biases().orElseThrow().segment())))
                .isEqualTo(biased ? Optional.of(-1L) : Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 12, 300, -1, -4, -8, -9})
    void truncatedTable_isRefused(int length) throws IOException {
        Path file = folder.resolve("cut.parquet");
        ParquetWriter.write(file, side(50, 4, true));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, length < 0 ? whole.length + length : length));

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(ExchangeException.class)
                .hasMessageContaining("File t.parquet cannot be read as Parquet");
    }
}
