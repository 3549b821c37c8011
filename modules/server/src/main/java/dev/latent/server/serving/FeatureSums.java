package dev.latent.server.serving;

import dev.latent.models.Version;
import dev.latent.spi.FeaturePairs;
import dev.latent.spi.FloatMatrix;
import dev.latent.storage.IdIndex;
import dev.latent.storage.StringTable;
import java.util.Collection;
import java.util.Optional;

/**
 * Vectors of entities that a version was not trained on, from the features that it learnt: the sum of their vectors and
 * of those of their pairs, and likewise the bias. Immutable; valid as long as the memory of the version.
 */
final class FeatureSums {

    private final FloatMatrix factors;
    private final Optional<FloatMatrix> biases;
    private final Optional<FeaturePairs> pairs;
    private final IdIndex names;

    private FeatureSums(
            FloatMatrix factors, Optional<FloatMatrix> biases, Optional<FeaturePairs> pairs, IdIndex names) {
        this.factors = factors;
        this.biases = biases;
        this.pairs = pairs;
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

    /** Prepares sums for items; empty when a version learnt no features of them, or their names are not known. */
    static Optional<FeatureSums> ofItems(Version version) {
        return version.embedding()
                .flatMap(model -> of(
                        model.itemFeatureFactors(),
                        model.itemFeatureBiases(),
                        model.itemFeaturePairs(),
                        version.itemFeatureNames()));
    }

    /** Prepares sums for users; empty when a version learnt no features of them, or their names are not known. */
    static Optional<FeatureSums> ofUsers(Version version) {
        return version.embedding()
                .flatMap(model -> of(
                        model.userFeatureFactors(),
                        model.userFeatureBiases(),
                        Optional.empty(),
                        version.userFeatureNames()));
    }

    /** Prepares sums; empty when there are no vectors of features, or no names. */
    static Optional<FeatureSums> of(
            Optional<FloatMatrix> factors,
            Optional<FloatMatrix> biases,
            Optional<FeaturePairs> pairs,
            Optional<StringTable> names) {
        return factors.flatMap(matrix -> names.map(table -> new FeatureSums(matrix, biases, pairs, IdIndex.of(table))));
    }

    /** Adds up the features that the version learnt, and their pairs; empty when it learnt none of these features. */
    Optional<Sum> of(Collection<String> features) {
        int[] known = features.stream()
                .mapToInt(names::find)
                .filter(feature -> feature >= 0)
                .sorted()
                .toArray();
        Total total = new Total(factors.columns());
        for (int feature : known) {
            total.add(factors, biases, feature);
        }
        pairs.ifPresent(learnt -> addPairs(learnt, known, total));
        return known.length > 0 ? Optional.of(new Sum(total.vector, total.bias)) : Optional.empty();
    }

    private static void addPairs(FeaturePairs learnt, int[] known, Total total) {
        for (int higher = 1; higher < known.length; higher++) {
            for (int lower = 0; lower < higher; lower++) {
                long pair = learnt.find(known[lower], known[higher]);
                if (pair >= 0) {
                    total.add(learnt.factors(), Optional.of(learnt.biases()), pair);
                }
            }
        }
    }

    /** Grows row by row. */
    private static final class Total {
        private final float[] vector;
        private final float[] row;
        private float bias;

        Total(int rank) {
            vector = new float[rank];
            row = new float[rank];
        }

        void add(FloatMatrix factors, Optional<FloatMatrix> biases, long number) {
            factors.readRow(number, row, 0);
            for (int factor = 0; factor < vector.length; factor++) {
                vector[factor] += row[factor];
            }
            bias += biases.isPresent() ? biases.get().get(number, 0) : 0;
        }
    }
}
