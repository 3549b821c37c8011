package dev.latent.server.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, written as {@code 512}, {@code 64k}, {@code 128m} or {@code 2g}; the units are powers of 1,024.
 *
 * @param bytes at least 0
 */
public record ByteSize(long bytes) {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,15})([kmgt]?)b?");
    private static final String UNITS = "kmgt";
    private static final int UNIT_BITS = 10;

    /**
     * Reads a size.
     *
     * @throws IllegalArgumentException when it has another form
     */
    public static ByteSize of(String text) {
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("is '" + text + "', expected a size such as 512, 64k, 128m or 2g");
        }
        String unit = matcher.group(2);
        int shift = unit.isEmpty() ? 0 : UNIT_BITS * (UNITS.indexOf(unit) + 1);
        return new ByteSize(Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << shift));
    }

    /** The size as a number that fits a request. */
    public int toInt() {
        return Math.toIntExact(bytes);
    }
}
