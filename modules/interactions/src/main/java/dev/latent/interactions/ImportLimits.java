package dev.latent.interactions;

/**
 * What an imported file may cost; beyond it the file is refused, never cut.
 *
 * @param maxTextBytes uncompressed bytes of a file
 * @param maxExpansion uncompressed bytes for each compressed byte, judged after the first 16 MiB
 * @param maxLineCharacters characters of a line, 1,024 to 16 Mi
 * @param windowRows rows that are sorted in memory at once (18 bytes each)
 */
public record ImportLimits(long maxTextBytes, int maxExpansion, int maxLineCharacters, int windowRows) {

    /**
     * Checks every field.
     *
     * @throws InvalidValueException names the first field that is refused
     */
    public ImportLimits {
        if (maxTextBytes < 1) {
            throw new InvalidValueException("max_text_bytes", "is " + maxTextBytes + ", must be above 0");
        }
        if (maxExpansion < 1) {
            throw new InvalidValueException("max_expansion", "is " + maxExpansion + ", must be above 0");
        }
        if (maxLineCharacters < 1024 || maxLineCharacters > 16 << 20) {
            throw new InvalidValueException(
                    "max_line_characters", "is " + maxLineCharacters + ", must be 1024 to " + (16 << 20));
        }
        if (windowRows < 1) {
            throw new InvalidValueException("window_rows", "is " + windowRows + ", must be above 0");
        }
    }

    /**
     * 256 GiB of text, 200 to 1, lines of a mebi of characters, windows of 4 million rows.
     *
     * @return the limits
     */
    public static ImportLimits defaults() {
        return new ImportLimits(256L << 30, 200, 1 << 20, 4_000_000);
    }
}
