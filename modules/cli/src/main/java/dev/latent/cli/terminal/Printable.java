package dev.latent.cli.terminal;

/**
 * Text that cannot drive a terminal: control characters, and characters that turn the direction of writing, are written
 * as {@code \}{@code u001b}. Ids and titles come from strangers.
 */
public final class Printable {

    private Printable() {}

    /**
     * Makes text harmless.
     *
     * @param text anything
     * @return on one line
     */
    public static String of(String text) {
        return escape(text, false);
    }

    /**
     * Makes text of several lines harmless.
     *
     * @param text anything
     * @return with its line feeds
     */
    public static String lines(String text) {
        return escape(text, true);
    }

    private static String escape(String text, boolean keepLineFeeds) {
        int start = 0;
        while (start < text.length() && isHarmless(text, start, keepLineFeeds)) {
            start++;
        }
        if (start == text.length()) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, start);
        for (int i = start; i < text.length(); i++) {
            if (isHarmless(text, i, keepLineFeeds)) {
                escaped.append(text.charAt(i));
            } else {
                escaped.append("\\u").append(String.format("%04x", (int) text.charAt(i)));
            }
        }
        return escaped.toString();
    }

    private static boolean isHarmless(String text, int index, boolean keepLineFeeds) {
        char c = text.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
        }
        return (c == '\n' && keepLineFeeds) || !(Character.isISOControl(c) || turnsDirection(c) || endsLine(c));
    }

    private static boolean turnsDirection(char c) {
        return c == '\u061C'
                || c == '\u200E'
                || c == '\u200F'
                || (c >= '\u202A' && c <= '\u202E')
                || (c >= '\u2066' && c <= '\u2069');
    }

    private static boolean endsLine(char c) {
        return c == '\u2028' || c == '\u2029';
    }

    /**
     * Returns the columns that text takes on a terminal.
     *
     * @param text printable
     * @return 0 for marks, 2 for ideographs and emoji, 1 for others
     */
    public static int width(String text) {
        return text.codePoints().map(Printable::width).sum();
    }

    private static int width(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        return isWide(codePoint) ? 2 : 1;
    }

    private static boolean isWide(int c) {
        return (c >= 0x1100 && c <= 0x115F)
                || (c >= 0x2E80 && c <= 0xA4CF)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0xFE30 && c <= 0xFE6F)
                || (c >= 0xFF00 && c <= 0xFF60)
                || (c >= 0x1F300 && c <= 0x1FAFF)
                || (c >= 0x20000 && c <= 0x3FFFD);
    }
}
