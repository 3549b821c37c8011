package dev.latent.algorithms.wals;

import dev.latent.spi.Confidence;

/** Confidence by value, looked up for the small whole numbers that most values are: a logarithm takes longer than a row. */
final class ConfidenceTable {

    private static final int LENGTH = 1 << 10;

    private final Confidence confidence;
    private final double[] whole = new double[LENGTH];

    ConfidenceTable(Confidence confidence) {
        this.confidence = confidence;
        for (int value = 0; value < LENGTH; value++) {
            whole[value] = confidence.weight(value);
        }
    }

    double weight(float value) {
        int index = (int) value;
        return index == value && index >= 0 && index < LENGTH ? whole[index] : confidence.weight(value);
    }
}
