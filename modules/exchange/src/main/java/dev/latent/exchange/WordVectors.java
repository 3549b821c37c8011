package dev.latent.exchange;

import dev.latent.spi.FloatMatrix;
import dev.latent.storage.StringTable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Vectors in the text format of word2vec: a line with the number of rows and that of factors, then a line a row: the id and
 * its factors, with one blank between them. Ids have no blanks.
 */
final class WordVectors {

    private static final int MAX_HEADER = 64;
    private static final int MAX_FACTORS = 1 << 20;
    private static final String FORM =
            "expected 'rows factors' and then a line with an id and its factors for each row";

    private final TextFile file;
    private final String subject;

    private WordVectors(TextFile file) {
        this.file = file;
        subject = file.subject();
    }

    /**
     * What a file holds.
     *
     * @param ids one a row
     * @param factors one a row
     */
    record Content(StringTable ids, FloatMatrix factors) {}

    static Content read(Path path, String subject, Scratch scratch) throws IOException {
        return new WordVectors(TextFile.open(path, subject, scratch)).read(scratch);
    }

    private Content read(Scratch scratch) throws IOException {
        long[] shape = header();
        long rows = shape[0];
        int factors = (int) shape[1];
        long lines = file.countLines() - 1;
        if (lines != rows) {
            throw new ExchangeException(
                    subject + " line 1",
                    "says " + rows + " rows, the file has " + lines + " lines after it; it is truncated or not such a"
                            + " file, " + FORM);
        }
        checkFits(rows, factors);
        FloatMatrix matrix = scratch.takeMatrix(rows, factors, subject);
        IdTableBuilder ids = new IdTableBuilder(scratch, rows, file.bytes().byteSize(), subject);
        file.forEach((number, start, end) -> {
            if (number > 1) {
                long blank = readFactors(matrix, number, start, end);
                ids.add(file.bytes(), start, blank - start);
            }
        });
        return new Content(ids.build(), matrix);
    }

    private long[] header() throws IOException {
        MemorySegment bytes = file.bytes();
        String start = new String(
                bytes.asSlice(0, Math.min(MAX_HEADER, bytes.byteSize())).toArray(ValueLayout.JAVA_BYTE),
                StandardCharsets.ISO_8859_1);
        String line = start.lines().findFirst().orElse("");
        String[] words = line.strip().split(" +", -1);
        try {
            if (words.length == 2) {
                long rows = Long.parseUnsignedLong(words[0]);
                long factors = Long.parseUnsignedLong(words[1]);
                if (rows >= 0 && factors >= 1 && factors <= MAX_FACTORS) {
                    return new long[] {rows, factors};
                }
            }
        } catch (NumberFormatException exception) {
            throw notText(line, exception);
        }
        throw notText(line, null);
    }

    private ExchangeException notText(String line, @org.jspecify.annotations.Nullable Throwable cause) {
        String shown = line.replaceAll("[^ -~]", "?");
        ExchangeException refused = new ExchangeException(
                subject + " line 1", "is '" + shown + "', which is no header of word2vec text: " + FORM);
        if (cause != null) {
            refused.initCause(cause);
        }
        return refused;
    }

    /** An id, and a blank and a digit for each factor, are the least a row takes. */
    private void checkFits(long rows, int factors) throws ExchangeException {
        long most = file.bytes().byteSize() / (1 + 2L * factors);
        if (rows > most) {
            throw new ExchangeException(
                    subject + " line 1",
                    "says " + rows + " rows of " + factors + " factors, the file has room for " + most
                            + " at most; it is truncated or not such a file, " + FORM);
        }
    }

    /** Reads the factors of a line and returns where its id ends. */
    private long readFactors(FloatMatrix matrix, long number, long start, long end) throws ExchangeException {
        long last = end;
        while (last > start && file.bytes().get(ValueLayout.JAVA_BYTE, last - 1) == ' ') {
            last--;
        }
        long idEnd = wordEnd(start, last);
        long at = idEnd;
        for (int factor = 0; factor < matrix.columns(); factor++) {
            if (at >= last) {
                throw new ExchangeException(
                        subject + " line " + number,
                        "has " + factor + " factors, expected " + matrix.columns() + " as line 1 says");
            }
            long wordEnd = wordEnd(at + 1, last);
            matrix.set(number - 2, factor, number(number, factor, at + 1, wordEnd));
            at = wordEnd;
        }
        if (at != last || idEnd == start) {
            throw new ExchangeException(
                    subject + " line " + number,
                    idEnd == start
                            ? "starts with a blank, expected an id"
                            : "has more than an id and " + matrix.columns()
                                    + " factors, expected as many as line 1 says, and no blank in the id");
        }
        return idEnd;
    }

    private long wordEnd(long start, long end) {
        long at = start;
        while (at < end && file.bytes().get(ValueLayout.JAVA_BYTE, at) != ' ') {
            at++;
        }
        return at;
    }

    private float number(long line, int factor, long start, long end) throws ExchangeException {
        long shownEnd = Math.min(end, start + MAX_HEADER);
        String word = new String(
                file.bytes().asSlice(start, shownEnd - start).toArray(ValueLayout.JAVA_BYTE),
                StandardCharsets.ISO_8859_1);
        try {
            return Float.parseFloat(word);
        } catch (NumberFormatException exception) {
            throw new ExchangeException(
                    subject + " line " + line,
                    "has factor " + factor + " '" + word.replaceAll("[^ -~]", "?") + "', expected a number",
                    exception);
        }
    }
}
