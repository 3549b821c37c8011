package dev.latent.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latent.storage.CorruptFileException;
import dev.latent.storage.FileTooNewException;
import dev.latent.storage.FileTooOldException;
import dev.latent.storage.JsonFiles;
import dev.latent.storage.StoredFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The format of the store's JSON files ({@code manifest.json}, {@code model.json}, {@code aliases.json}, {@code
 * numbers.json}): one object, readable by people, whose last line seals it.
 *
 * <table>
 * <caption>Layout</caption>
 * <tr><th>offset</th><th>bytes</th><th>content</th></tr>
 * <tr><td>0</td><td>N</td><td>UTF-8: a JSON object without its closing brace; one of its keys is {@code formatVersion},
 *     a whole number</td></tr>
 * <tr><td>N</td><td>92</td><td>{@code ,\n  "checksum" : "sha256:H"\n}\n}, H being 64 lower-case hexadecimal digits: the
 *     SHA-256 of bytes 0 to N</td></tr>
 * </table>
 *
 * <p>So the whole file is one JSON object, and a change of any byte is noticed: of the first N by the hash, of the others
 * by comparison. The seal keeps its meaning in every format version; it is checked first, then the format version, and
 * only then is the content believed.
 */
final class SealedJson {

    private static final String SEAL_START = ",\n  \"checksum\" : \"sha256:";
    private static final String SEAL_END = "\"\n}\n";
    private static final int HASH_DIGITS = 64;
    private static final int SEAL_BYTES = SEAL_START.length() + HASH_DIGITS + SEAL_END.length();

    private SealedJson() {}

    /** Renders a value, an object with a {@code formatVersion}, and its seal. */
    static byte[] bytesOf(Object value) throws IOException {
        byte[] text = StoreJson.PRETTY.writeValueAsBytes(value);
        // The closing brace and the line end before it belong to the seal.
        return seal(Arrays.copyOf(text, text.length - 2));
    }

    /** Adds the seal to an object without its closing brace. */
    static byte[] seal(byte[] open) {
        ByteArrayOutputStream sealed = new ByteArrayOutputStream(open.length + SEAL_BYTES);
        sealed.writeBytes(open);
        sealed.writeBytes((SEAL_START + sha256(open) + SEAL_END).getBytes(StandardCharsets.UTF_8));
        return sealed.toByteArray();
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(newSha256().digest(bytes));
    }

    static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException("Every Java platform has SHA-256", exception);
        }
    }

    /**
     * Reads a file.
     *
     * @throws CorruptFileException when it is missing, damaged or not of the type
     * @throws FileTooNewException when its format version is above {@code formatVersion}
     * @throws FileTooOldException when it is below
     * @throws IOException when it cannot be read
     */
    static <T> T read(Path file, int formatVersion, Class<T> type) throws IOException {
        byte[] bytes = JsonFiles.readBytes(file);
        byte[] open = checkSeal(file, bytes);
        byte[] closed = Arrays.copyOf(open, open.length + 1);
        closed[open.length] = '}';
        checkFormat(file, JsonFiles.parseTree(file, closed), formatVersion);
        return JsonFiles.parse(file, closed, type, StoreJson.MAPPER);
    }

    private static byte[] checkSeal(Path file, byte[] bytes) throws CorruptFileException {
        int length = bytes.length - SEAL_BYTES;
        if (length < 0) {
            throw new CorruptFileException(
                    file, "length", bytes.length + " bytes", "at least " + SEAL_BYTES + " and a checksum at the end");
        }
        String seal = new String(bytes, length, SEAL_BYTES, StandardCharsets.UTF_8);
        byte[] open = Arrays.copyOf(bytes, length);
        String actual = sha256(open);
        if (!seal.startsWith(SEAL_START) || !seal.endsWith(SEAL_END)) {
            throw new CorruptFileException(
                    file, "the end", "'" + printable(seal) + "'", "a line with \"checksum\" and a closing brace");
        }
        String stored = seal.substring(SEAL_START.length(), SEAL_START.length() + HASH_DIGITS);
        if (!stored.equals(actual)) {
            throw new CorruptFileException(file, "SHA-256", actual, printable(stored) + " as its checksum line says");
        }
        return open;
    }

    private static String printable(String text) {
        return text.replaceAll("[^ -~]+", " ").strip();
    }

    private static void checkFormat(Path file, JsonNode tree, int formatVersion) throws StoredFileException {
        JsonNode stored = tree.path("formatVersion");
        if (!stored.canConvertToExactIntegral() || !stored.canConvertToInt()) {
            throw new CorruptFileException(file, "formatVersion", stored.toString(), "a whole number");
        }
        if (stored.intValue() > formatVersion) {
            throw new FileTooNewException(file, "formatVersion", stored.toString(), "at most " + formatVersion);
        }
        if (stored.intValue() < formatVersion) {
            throw new FileTooOldException(file, "formatVersion", stored.toString(), "at least " + formatVersion);
        }
    }
}
