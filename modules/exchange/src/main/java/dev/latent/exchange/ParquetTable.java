package dev.latent.exchange;

import dev.hardwood.InputFile;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.reader.ColumnReader;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.schema.ColumnSchema;
import dev.latent.spi.FloatMatrix;
import dev.latent.storage.StringTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Vectors in a Parquet file: a column of ids, texts or integers, and either a column of lists of numbers or a column of
 * numbers for each factor, in the order of the schema; a column {@code bias} of numbers is the bias.
 */
final class ParquetTable {

    /** What such files begin and end with. */
    static final byte[] MAGIC = {'P', 'A', 'R', '1'};

    private static final String ID = "id";
    private static final String BIAS = "bias";
    private static final int MAX_FACTORS = 1 << 20;

    private final ParquetFileReader file;
    private final String subject;
    private final long rows;

    private ParquetTable(ParquetFileReader file, String subject) {
        this.file = file;
        this.subject = subject;
        rows = file.getFileMetaData().numRows();
    }

    /**
     * What a file holds.
     *
     * @param ids one a row
     * @param factors one a row
     * @param biases one a row
     */
    record Content(StringTable ids, FloatMatrix factors, Optional<FloatMatrix> biases) {}

    static Content read(Path path, String subject, Scratch scratch) throws IOException {
        try (ParquetFileReader file = ParquetFileReader.open(InputFile.of(path))) {
            return new ParquetTable(file, subject).read(scratch);
        } catch (ExchangeException exception) {
            throw exception;
        } catch (IOException | RuntimeException | LinkageError exception) { // the library's own words for damage
            String reason = String.valueOf(exception.getMessage()).replaceAll("[^ -~]", "?");
            throw new ExchangeException(
                    subject,
                    "cannot be read as Parquet (" + reason.substring(0, Math.min(200, reason.length()))
                            + "); it is damaged or packed in a way not known here, write it again with compression"
                            + " snappy, zstd, gzip or none",
                    exception);
        }
    }

    private Content read(Scratch scratch) throws IOException {
        List<ColumnSchema> columns = file.getFileSchema().getColumns();
        ColumnSchema id = idColumn(columns);
        Optional<ColumnSchema> bias = columns.stream()
                .filter(column -> isNumber(column) && column.name().equals(BIAS) && isFlat(column))
                .findFirst();
        List<ColumnSchema> lists = columns.stream()
                .filter(column -> isNumber(column) && column.maxRepetitionLevel() == 1)
                .toList();
        List<ColumnSchema> flat = columns.stream()
                .filter(column -> isNumber(column) && isFlat(column) && !bias.equals(Optional.of(column)))
                .toList();
        if (lists.size() > 1 || lists.isEmpty() == flat.isEmpty()) {
            throw new ExchangeException(
                    subject,
                    "has " + lists.size() + " columns of lists of numbers and " + flat.size() + " of numbers, expected"
                            + " one of lists, or one of numbers for each factor; leave the other columns out");
        }
        StringTable ids = ids(id, scratch);
        FloatMatrix factors =
                lists.isEmpty() ? flatFactors(flat, scratch) : new ListColumn(lists.getFirst()).factors(scratch);
        return new Content(
                ids,
                factors,
                bias.isPresent() ? Optional.of(flatFactors(List.of(bias.get()), scratch)) : Optional.empty());
    }

    private static boolean isNumber(ColumnSchema column) {
        return column.type() == PhysicalType.FLOAT || column.type() == PhysicalType.DOUBLE;
    }

    private static boolean isFlat(ColumnSchema column) {
        return column.maxRepetitionLevel() == 0;
    }

    private ColumnSchema idColumn(List<ColumnSchema> columns) throws ExchangeException {
        List<ColumnSchema> others = columns.stream()
                .filter(column -> !isNumber(column) && isFlat(column))
                .toList();
        Optional<ColumnSchema> named = others.stream()
                .filter(column -> column.fieldPath().topLevelName().equals(ID))
                .findFirst();
        if (named.isEmpty() && others.size() != 1) {
            throw new ExchangeException(
                    subject,
                    "has no column 'id' and " + others.size() + " others that could be it, expected one column of texts"
                            + " or integers; name it 'id'");
        }
        ColumnSchema id = named.orElseGet(others::getFirst);
        boolean readable = id.type() == PhysicalType.BYTE_ARRAY
                || id.type() == PhysicalType.INT32
                || id.type() == PhysicalType.INT64;
        if (!readable) {
            throw new ExchangeException(
                    subject,
                    "has ids of type " + id.type() + " in column '" + id.name() + "', expected texts or integers");
        }
        return id;
    }

    /** Takes the values of a batch of a column. */
    private interface Batch {
        void take(ColumnReader column, long firstRow) throws IOException;
    }

    private void forEach(ColumnSchema column, Batch batch) throws IOException {
        long row = 0;
        try (ColumnReader reader = file.columnReader(column.columnIndex())) {
            while (reader.nextBatch()) {
                if (reader.getRecordCount() > rows - row) {
                    throw wrongRows(column, "more than " + rows);
                }
                checkNoNulls(reader, column, row);
                batch.take(reader, row);
                row += reader.getRecordCount();
            }
        }
        if (row != rows) {
            throw wrongRows(column, Long.toString(row));
        }
    }

    private ExchangeException wrongRows(ColumnSchema column, String actual) {
        return new ExchangeException(
                subject + " column " + column.name(),
                "has " + actual + " rows, expected " + rows + " as the file says; it is damaged, write it again");
    }

    private void checkNoNulls(ColumnReader reader, ColumnSchema column, long row) throws ExchangeException {
        boolean nulls = reader.getLeafValidity().hasNulls();
        for (int layer = 0; layer < reader.getLayerCount(); layer++) {
            nulls |= reader.getLayerValidity(layer).hasNulls();
        }
        if (nulls) {
            throw new ExchangeException(
                    subject + " column " + column.fieldPath().topLevelName(),
                    "has missing values in rows " + row + " to " + (row + reader.getRecordCount() - 1)
                            + ", counted from 0, expected a value in each; leave those rows out");
        }
    }

    private StringTable ids(ColumnSchema column, Scratch scratch) throws IOException {
        long[] bytes = new long[1];
        forEach(column, (reader, _) -> {
            for (int index = 0; index < reader.getRecordCount(); index++) {
                bytes[0] += id(reader, column, index).length;
            }
        });
        IdTableBuilder ids = new IdTableBuilder(scratch, rows, bytes[0], subject);
        forEach(column, (reader, _) -> {
            for (int index = 0; index < reader.getRecordCount(); index++) {
                ids.add(id(reader, column, index));
            }
        });
        return ids.build();
    }

    private static byte[] id(ColumnReader reader, ColumnSchema column, int index) {
        return switch (column.type()) {
            case INT32 -> Integer.toString(reader.getInts()[index]).getBytes(StandardCharsets.US_ASCII);
            case INT64 -> Long.toString(reader.getLongs()[index]).getBytes(StandardCharsets.US_ASCII);
            default -> reader.getBinaries()[index];
        };
    }

    private FloatMatrix flatFactors(List<ColumnSchema> columns, Scratch scratch) throws IOException {
        if (columns.size() > MAX_FACTORS) {
            throw new ExchangeException(subject, "has " + columns.size() + " columns, expected at most " + MAX_FACTORS);
        }
        FloatMatrix matrix = scratch.takeMatrix(rows, columns.size(), subject);
        for (int factor = 0; factor < columns.size(); factor++) {
            int target = factor;
            ColumnSchema column = columns.get(factor);
            forEach(column, (reader, row) -> {
                Numbers numbers = numbers(reader, column);
                for (int index = 0; index < reader.getRecordCount(); index++) {
                    matrix.set(row + index, target, numbers.at(index));
                }
            });
        }
        return matrix;
    }

    /** Reads numbers of a batch. */
    private interface Numbers {
        float at(int index);
    }

    private static Numbers numbers(ColumnReader reader, ColumnSchema column) {
        if (column.type() == PhysicalType.FLOAT) {
            float[] floats = reader.getFloats();
            return index -> floats[index];
        }
        double[] doubles = reader.getDoubles();
        return index -> (float) doubles[index];
    }

    /** A column of lists, all of the length of the first. */
    private final class ListColumn {
        private final ColumnSchema column;
        private Optional<FloatMatrix> matrix = Optional.empty();

        ListColumn(ColumnSchema column) {
            this.column = column;
        }

        FloatMatrix factors(Scratch scratch) throws IOException {
            forEach(column, (reader, row) -> take(reader, row, scratch));
            return matrix.isPresent() ? matrix.get() : scratch.takeMatrix(0, 0, subject);
        }

        private void take(ColumnReader reader, long row, Scratch scratch) throws IOException {
            int[] offsets = reader.getLayerOffsets(reader.getLayerCount() - 1);
            Numbers numbers = numbers(reader, column);
            if (matrix.isEmpty() && reader.getRecordCount() > 0) {
                matrix = Optional.of(scratch.takeMatrix(rows, offsets[1] - offsets[0], subject));
            }
            for (int index = 0; index < reader.getRecordCount(); index++) {
                FloatMatrix target = matrix.orElseThrow();
                int length = offsets[index + 1] - offsets[index];
                if (length != target.columns()) {
                    throw new ExchangeException(
                            subject + " row " + (row + index) + ", counted from 0,",
                            "has " + length + " factors, expected " + target.columns() + " as row 0 has");
                }
                for (int factor = 0; factor < length; factor++) {
                    target.set(row + index, factor, numbers.at(offsets[index] + factor));
                }
            }
        }
    }
}
