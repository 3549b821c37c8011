package dev.latent.retrieval;

/**
 * The best items of a search: scores descend, equal scores in ascending order of item numbers.
 *
 * @param items item numbers; not to be modified
 * @param scores beside them; not to be modified
 */
@SuppressWarnings("ArrayRecordComponent")
public record TopItems(int[] items, float[] scores) {

    /** Nothing found. */
    public static final TopItems NONE = new TopItems(new int[0], new float[0]);

    /** Checks that both arrays are of one length. */
    public TopItems {
        if (items.length != scores.length) {
            throw new IllegalArgumentException(items.length + " items with " + scores.length + " scores");
        }
    }

    /**
     * Returns how many were found.
     *
     * @return at least 0
     */
    public int size() {
        return items.length;
    }
}
