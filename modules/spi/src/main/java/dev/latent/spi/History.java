package dev.latent.spi;

/**
 * The interactions of one user, as a {@link ScoringModel} reads them.
 *
 * @param items item numbers of the model, distinct, ascending; not to be modified
 * @param values the values beside them; not to be modified
 */
@SuppressWarnings("ArrayRecordComponent")
public record History(int[] items, float[] values) {

    /** Checks that both arrays are of one length. */
    public History {
        if (items.length != values.length) {
            throw new IllegalArgumentException(
                    "History has " + items.length + " items and " + values.length + " values");
        }
    }

    /**
     * Returns the number of interactions.
     *
     * @return at least 0
     */
    public int size() {
        return items.length;
    }
}
