package dev.latent.models;

import dev.latent.spi.ElementType;
import dev.latent.storage.SectionDirectory;
import java.util.regex.Pattern;

/**
 * A section file as the manifest seals it.
 *
 * @param file its name; never a path
 * @param bytes its length
 * @param crc32c of the file up to its last four bytes, eight hexadecimal digits
 * @param sha256 of the file, 64 hexadecimal digits
 * @param type of its elements
 * @param rows at least 0
 * @param columns at least 0
 */
public record StoredSection(
        String file, long bytes, String crc32c, String sha256, ElementType type, long rows, int columns) {

    private static final Pattern FILE = Pattern.compile("[a-z][a-z0-9_]{0,63}\\" + SectionDirectory.SUFFIX);
    private static final Pattern CRC = Pattern.compile("[0-9a-f]{8}");
    private static final Pattern SHA = Pattern.compile("[0-9a-f]{64}");

    /** Checks names, digits and counts. */
    public StoredSection {
        if (!FILE.matcher(file).matches()) {
            throw new IllegalArgumentException("section file '" + file + "', expected a name such as item_factors"
                    + SectionDirectory.SUFFIX + " without directories");
        }
        if (!CRC.matcher(crc32c).matches() || !SHA.matcher(sha256).matches()) {
            throw new IllegalArgumentException("section file '" + file + "' with CRC32C '" + crc32c + "' and SHA-256 '"
                    + sha256 + "', expected 8 and 64 hexadecimal digits");
        }
        if (rows < 0 || columns < 0 || bytes < 0 || payload(rows, columns, type) > bytes) {
            throw new IllegalArgumentException("section file '" + file + "' of " + rows + " x " + columns + " " + type
                    + ", which does not fit its " + bytes + " bytes");
        }
    }

    private static long payload(long rows, int columns, ElementType type) {
        try {
            return Math.multiplyExact(Math.multiplyExact(rows, (long) columns), (long) type.bytes());
        } catch (ArithmeticException overflow) {
            return Long.MAX_VALUE;
        }
    }

    /**
     * Returns the name of the section.
     *
     * @return the file's without its ending
     */
    public String name() {
        return file.substring(0, file.length() - SectionDirectory.SUFFIX.length());
    }
}
