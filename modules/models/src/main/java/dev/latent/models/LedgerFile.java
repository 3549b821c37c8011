package dev.latent.models;

import dev.latent.storage.CorruptFileException;
import dev.latent.storage.DurableFile;
import dev.latent.storage.FileOperations;
import dev.latent.storage.JsonFiles;
import dev.latent.storage.SectionFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The format of {@code ledger.jsonl}: one line an entry, appended and forced; the line is what commits a change.
 *
 * <table>
 * <caption>A line</caption>
 * <tr><th>offset</th><th>bytes</th><th>content</th></tr>
 * <tr><td>0</td><td>N</td><td>UTF-8: the JSON object of a {@link LedgerEntry} without its closing brace</td></tr>
 * <tr><td>N</td><td>21</td><td>{@code ,"crc32c":"H"}}, H being eight lower-case hexadecimal digits: the CRC32C of bytes 0
 *     to N of the line</td></tr>
 * <tr><td>N+21</td><td>1</td><td>line feed</td></tr>
 * </table>
 *
 * <p>A last line without its line feed was never committed (the write of it was cut short): it does not count, and the
 * next writer removes it. Any other line that does not parse, does not match its checksum or does not continue the
 * sequence is damage: it is reported and left where it is.
 */
final class LedgerFile {

    private static final String SEAL_START = ",\"crc32c\":\"";
    private static final String SEAL_END = "\"}";
    private static final int CRC_DIGITS = 8;
    private static final int SEAL_BYTES = SEAL_START.length() + CRC_DIGITS + SEAL_END.length();

    private LedgerFile() {}

    /**
     * A ledger as it was read.
     *
     * @param ledger its entries and damage
     * @param nextSequence of the entry to append; damaged lines count
     * @param committedBytes up to the last line feed
     * @param totalBytes of the file
     */
    record Content(Ledger ledger, long nextSequence, long committedBytes, long totalBytes) {

        boolean isTorn() {
            return totalBytes > committedBytes;
        }
    }

    static Content read(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return new Content(new Ledger(List.of(), List.of("the file is missing")), 1, 0, 0);
        }
        byte[] bytes = Files.readAllBytes(file);
        List<LedgerEntry> entries = new ArrayList<>();
        List<String> damage = new ArrayList<>();
        long expected = 1;
        int line = 0;
        int start = 0;
        for (int end = lineEnd(bytes, start); end >= 0; end = lineEnd(bytes, start)) {
            line++;
            try {
                LedgerEntry entry = parse(file, Arrays.copyOfRange(bytes, start, end));
                if (entry.sequence() != expected) {
                    damage.add("line " + line + ": sequence is " + entry.sequence() + ", expected " + expected);
                }
                if (entry.sequence() >= expected) {
                    entries.add(entry);
                    expected = entry.sequence() + 1;
                }
            } catch (CorruptFileException exception) {
                damage.add("line " + line + ": " + exception.problem() + " is " + exception.actual() + ", expected "
                        + exception.expected());
                expected++;
            }
            start = end + 1;
        }
        return new Content(new Ledger(entries, damage), expected, start, bytes.length);
    }

    private static int lineEnd(byte[] bytes, int start) {
        for (int index = start; index < bytes.length; index++) {
            if (bytes[index] == '\n') {
                return index;
            }
        }
        return -1;
    }

    private static LedgerEntry parse(Path file, byte[] line) throws CorruptFileException {
        int length = line.length - SEAL_BYTES;
        if (length < 0) {
            throw new CorruptFileException(file, "length", line.length + " bytes", "at least " + SEAL_BYTES);
        }
        String seal = new String(line, length, SEAL_BYTES, StandardCharsets.UTF_8);
        String expected = seal(line, length);
        if (!seal.equals(expected)) {
            throw new CorruptFileException(file, "the end", printable(seal), expected);
        }
        byte[] closed = Arrays.copyOf(line, length + 1);
        closed[length] = '}';
        return JsonFiles.parse(file, closed, LedgerEntry.class, StoreJson.MAPPER);
    }

    private static String printable(String text) {
        return text.replaceAll("[^ -~]+", " ");
    }

    private static String seal(byte[] line, int length) {
        CRC32C crc = new CRC32C();
        crc.update(line, 0, length);
        return SEAL_START + SectionFile.hex((int) crc.getValue()) + SEAL_END;
    }

    static byte[] lineOf(LedgerEntry entry) throws IOException {
        byte[] text = StoreJson.COMPACT.writeValueAsBytes(entry);
        byte[] seal = (seal(text, text.length - 1) + "\n").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(text.length - 1 + seal.length)
                .put(text, 0, text.length - 1)
                .put(seal)
                .array();
    }

    /**
     * Appends an entry; it is committed when this returns. When it fails, the line is taken back if the disk lets it be;
     * if not, the entry may or may not be committed.
     */
    static void append(Path file, LedgerEntry entry, FileOperations operations) throws IOException {
        byte[] line = lineOf(entry);
        Content before = read(file);
        dropTorn(file, before, operations);
        boolean existed = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        try {
            try (DurableFile output = operations.openForAppend(file)) {
                output.write(ByteBuffer.wrap(line));
                output.force();
            }
            Path parent = file.getParent();
            if (!existed && parent != null) {
                operations.forceDirectory(parent);
            }
        } catch (IOException failure) {
            takeBack(file, before.committedBytes(), operations, failure);
            throw failure;
        }
    }

    /** Removes a last line that was cut short. */
    static void dropTorn(Path file, Content content, FileOperations operations) throws IOException {
        if (content.isTorn()) {
            operations.truncate(file, content.committedBytes());
        }
    }

    private static void takeBack(Path file, long size, FileOperations operations, IOException failure) {
        try {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) > size) {
                operations.truncate(file, size);
            }
        } catch (IOException second) {
            failure.addSuppressed(second);
        }
    }
}
