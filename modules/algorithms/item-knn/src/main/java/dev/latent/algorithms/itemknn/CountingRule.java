package dev.latent.algorithms.itemknn;

/**
 * What an interaction counts, in training and in scoring alike.
 *
 * @param byValue its value, not 1
 * @param minimumValue lower values count nothing
 */
record CountingRule(boolean byValue, float minimumValue) {

    /** Larger values count as this, so that a score stays within float32 whatever the history. */
    static final float LARGEST_VALUE = 1e9f;

    /** Returns the entry of the matrix for an interaction; 0 when it is left out. */
    float entry(float value) {
        if (value < minimumValue) {
            return 0;
        }
        return byValue ? Math.clamp(value, -LARGEST_VALUE, LARGEST_VALUE) : 1;
    }
}
