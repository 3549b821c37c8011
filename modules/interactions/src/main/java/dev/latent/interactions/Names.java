package dev.latent.interactions;

import java.util.regex.Pattern;

/** The rules for ids, names and texts, each refusing with the field and the reason. */
final class Names {

    static final int MAX_ID_BYTES = 512;
    static final int MAX_TEXT_BYTES = 8_192;
    private static final int MAX_TYPE_LENGTH = 32;
    private static final Pattern DATASET = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    private Names() {}

    /** User and item ids. */
    static void checkId(String field, String id) {
        if (id.isEmpty()) {
            throw new InvalidValueException(field, "is empty, must be 1 to " + MAX_ID_BYTES + " bytes");
        }
        checkText(field, id, MAX_ID_BYTES);
    }

    /** Well-formed text without control characters, at most so many bytes of UTF-8. */
    static void checkText(String field, String text, int maxBytes) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                throw new InvalidValueException(
                        field, String.format("holds the control character U+%04X at position %d", (int) c, i));
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new InvalidValueException(field, "holds a lone surrogate at position " + i);
                }
                i++;
                bytes += 4;
            } else {
                bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            }
        }
        if (bytes > maxBytes) {
            throw new InvalidValueException(field, "has " + bytes + " bytes, at most " + maxBytes + " are allowed");
        }
    }

    /** Interaction types. */
    static void checkType(String field, String type) {
        boolean valid = !type.isEmpty() && type.length() <= MAX_TYPE_LENGTH && isLetter(type.charAt(0));
        for (int i = 1; valid && i < type.length(); i++) {
            char c = type.charAt(i);
            valid = isLetter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
        }
        if (!valid) {
            throw new InvalidValueException(
                    field, "is '" + shown(type) + "', must match [a-z][a-z0-9_-]{0," + (MAX_TYPE_LENGTH - 1) + "}");
        }
    }

    /** Dataset names. */
    static void checkDataset(String name) {
        if (!DATASET.matcher(name).matches()) {
            throw new InvalidValueException("dataset", "is '" + shown(name) + "', must match " + DATASET);
        }
    }

    /** What of a refused text goes into a message: short, and nothing a terminal would obey. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        int end = Math.min(text.length(), 60);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || Character.isSurrogate(c)) {
                shown.append(String.format("\\u%04x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return end < text.length() ? shown.append('…').toString() : shown.toString();
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }
}
