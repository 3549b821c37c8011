package dev.latent.interactions;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.Reader;
import java.util.List;
import java.util.Optional;

/**
 * How the lines of a text are cut into fields.
 *
 * @param separator between fields
 * @param quoted whether a field may be in double quotes; only with comma and semicolon
 */
record TableFormat(String separator, boolean quoted) {

    /** Of the separators that a first line holds, the first of these counts. */
    private static final List<TableFormat> KNOWN = List.of(
            new TableFormat("::", false),
            new TableFormat("\t", false),
            new TableFormat(",", true),
            new TableFormat(";", true),
            new TableFormat("|", false));

    static final TableFormat DOUBLE_COLON = KNOWN.getFirst();
    static final TableFormat BAR = KNOWN.getLast();

    private static final int MAX_FIELDS = 512;
    /** Not a character: stands in no text, so nothing is quoted. */
    private static final char NO_QUOTE = '\uFFFF';

    static Optional<TableFormat> detect(String firstLine) {
        return KNOWN.stream()
                .filter(format -> firstLine.contains(format.separator))
                .findFirst();
    }

    /** Reads records; empty lines are left out, the number of fields is not judged. */
    CsvReader<CsvRecord> read(Reader text, int maxLineCharacters) {
        CsvReader.CsvReaderBuilder builder = CsvReader.builder()
                .quoteCharacter(quoted ? '"' : NO_QUOTE)
                .skipEmptyLines(true)
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .maxBufferSize(4 * Math.max(maxLineCharacters, 1 << 16)); // lines are bounded before
        builder = separator.length() == 1
                ? builder.fieldSeparator(separator.charAt(0))
                : builder.fieldSeparator(separator);
        CsvRecordHandler handler = CsvRecordHandler.builder()
                .maxFields(MAX_FIELDS)
                .maxFieldSize(maxLineCharacters)
                .maxRecordSize(maxLineCharacters)
                .build();
        return builder.build(handler, text);
    }
}
