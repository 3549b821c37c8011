package dev.latent.benchmarks.data;

/** Walks the fields of one line: they are parted by a comma, a tab, a blank or {@code ::}. */
final class LineFields {

    private final String line;
    private int position;

    LineFields(String line) {
        this.line = line;
    }

    boolean hasNext() {
        return position <= line.length();
    }

    /** The next field; of a line without one, an exception that the caller turns into a message. */
    String next() {
        if (!hasNext()) {
            throw new IllegalArgumentException("a field is missing");
        }
        int end = position;
        while (end < line.length() && !isSeparator(line.charAt(end))) {
            end++;
        }
        String field = line.substring(position, end);
        boolean isDouble = end + 1 < line.length() && line.charAt(end) == ':' && line.charAt(end + 1) == ':';
        position = end + (isDouble ? 2 : 1);
        return field;
    }

    private static boolean isSeparator(char c) {
        return c == ',' || c == '\t' || c == ' ' || c == ':';
    }
}
