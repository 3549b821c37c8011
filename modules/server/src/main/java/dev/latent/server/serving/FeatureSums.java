package dev.latent.server.serving;

import dev.latent.spi.FloatMatrix;
import dev.latent.storage.IdIndex;
import dev.latent.storage.StringTable;
import java.util.Collection;
import java.util.Optional;

/**
 * Vectors of entities that a version was not trained on, from the features that it learnt: the sum of their vectors, and of
 * their biases. Immutable; valid as long as the memory of the version.
 */
final class FeatureSums {

    private final FloatMatrix factors;
    private final Optional<FloatMatrix> biases;
    private final IdIndex names;

    private FeatureSums(FloatMatrix factors, Optional<FloatMatrix> biases, IdIndex names) {
        this.factors = factors;
        this.biases = biases;
        this.names = names;
    }

    /**
     * What the features of an entity add up to.
     *
     * @param vector one number a factor
     * @param bias added to each score
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Sum(float[] vector, float bias) {}

    /** Prepares sums; empty when a version learnt no features, or their names are not known. */
    static Optional<FeatureSums> of(
            Optional<FloatMatrix> factors, Optional<FloatMatrix> biases, Optional<StringTable> names) {
        return factors.flatMap(matrix -> names.map(table -> new FeatureSums(matrix, biases, IdIndex.of(table))));
    }

    /** Adds up the features that the version learnt; empty when it learnt none of these. */
    Optional<Sum> of(Collection<String> features) {
        float[] vector = new float[factors.columns()];
        float[] row = new float[vector.length];
        float bias = 0;
        boolean any = false;
        for (String name : features) {
            int feature = names.find(name);
            if (feature < 0) {
                continue;
            }
            any = true;
            factors.readRow(feature, row, 0);
            for (int factor = 0; factor < vector.length; factor++) {
                vector[factor] += row[factor];
            }
            bias += biases.isPresent() ? biases.get().get(feature, 0) : 0;
        }
        return any ? Optional.of(new Sum(vector, bias)) : Optional.empty();
    }
}
