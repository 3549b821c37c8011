package dev.latent.algorithms.itemknn;

/**
 * What an interaction counts, in training and in scoring alike.
 *
 * @param byValue its value, not 1
 * @param minimumValue lower values count nothing
 */
record CountingRule(boolean byValue, float minimumValue) {

    /** Returns the entry of the matrix for an interaction; 0 when it is left out. */
    float entry(float value) {
        if (value < minimumValue) {
            return 0;
        }
        return byValue ? value : 1;
    }
}
