package dev.latent.algorithms.sgd;

import dev.latent.math.WorkerPool;
import dev.latent.spi.Confidence;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FeaturePairs;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.FoldIn;
import java.lang.foreign.Arena;
import java.util.Optional;

/** Copies the rows out into a model in memory of the host, the same at each call. */
final class ModelExport {

    private final SgdSettings settings;
    private final Factors factors;
    private final ModelScale scale;
    private final EmbeddingModel model;

    ModelExport(Arena arena, SgdSettings settings, Factors factors) {
        this.settings = settings;
        this.factors = factors;
        scale = ModelScale.of(settings, factors.scale());
        RowTable users = factors.users();
        RowTable items = factors.items();
        EmbeddingModel.Builder builder = EmbeddingModel.builder(
                        FloatMatrix.allocate(arena, users.rows(), users.rank()),
                        FloatMatrix.allocate(arena, items.rows(), items.rank()))
                .itemBiases(FloatMatrix.allocate(arena, items.rows(), 1))
                .offset(factors.scale().mean())
                .foldIn(foldIn());
        factors.itemFeatures().ifPresent(features -> {
            int single = factors.itemPairs().map(PairedFeatures::features).orElse(features.count());
            builder.itemFeatureFactors(FloatMatrix.allocate(arena, single, items.rank()))
                    .itemFeatureBiases(FloatMatrix.allocate(arena, single, 1));
        });
        factors.itemPairs().ifPresent(pairs -> builder.itemFeaturePairs(pairs.allocate(arena, items.rank())));
        factors.userFeatures()
                .ifPresent(features ->
                        builder.userFeatureFactors(FloatMatrix.allocate(arena, features.count(), users.rank())));
        if (settings.loss() == Loss.SQUARED) {
            factors.userFeatures()
                    .ifPresent(features -> builder.userFeatureBiases(FloatMatrix.allocate(arena, features.count(), 1)));
            builder.userBiases(FloatMatrix.allocate(arena, users.rows(), 1));
        }
        negativeWeights(arena).ifPresent(builder::itemWeights);
        model = builder.build();
    }

    /** How often items are drawn as negatives in training; empty when all alike, or never. */
    private Optional<FloatMatrix> negativeWeights(Arena arena) {
        Positives positives = factors.positives();
        int items = factors.items().rows();
        boolean uniform = settings.negativeExponent() == 0 && positives.seenItems().length == items;
        if (settings.loss() == Loss.SQUARED || uniform) {
            return Optional.empty();
        }
        FloatMatrix weights = FloatMatrix.allocate(arena, items, 1);
        for (int item : positives.seenItems()) {
            double weight = StrictMath.pow(positives.seenOfItem(item), settings.negativeExponent());
            weights.set(item, 0, (float) weight);
        }
        return Optional.of(weights);
    }

    /** The model as it is now, with the users as they are; overwritten by the next call. */
    EmbeddingModel current() {
        factors.users().writeFactors(model.users(), scale.users());
        return withoutUsers();
    }

    /** The same with users who follow their latest interactions. */
    EmbeddingModel current(RecentUsers recent, WorkerPool pool) {
        recent.write(model.users(), scale.users(), pool);
        return withoutUsers();
    }

    private EmbeddingModel withoutUsers() {
        factors.items().writeFactors(model.items(), scale.items());
        model.userBiases().ifPresent(biases -> factors.users().writeBiases(biases, scale.biases()));
        model.itemBiases().ifPresent(biases -> factors.items().writeBiases(biases, scale.biases()));
        factors.itemFeatures().ifPresent(features -> {
            features.writeFactors(model.itemFeatureFactors().orElseThrow(), 0, scale.items());
            features.writeBiases(model.itemFeatureBiases().orElseThrow(), 0, scale.biases());
            factors.itemPairs().ifPresent(pairs -> writePairs(features, pairs));
        });
        factors.userFeatures().ifPresent(features -> {
            features.writeFactors(model.userFeatureFactors().orElseThrow(), 0, scale.users());
            model.userFeatureBiases().ifPresent(biases -> features.writeBiases(biases, 0, scale.biases()));
        });
        return model;
    }

    /** With the weight that their entries have, so that they are added as they are. */
    private void writePairs(FeatureVectors features, PairedFeatures pairs) {
        FeaturePairs target = model.itemFeaturePairs().orElseThrow();
        features.writeFactors(target.factors(), pairs.features(), pairs.weight() * scale.items());
        features.writeBiases(target.biases(), pairs.features(), pairs.weight() * scale.biases());
    }

    private FoldIn foldIn() {
        return switch (settings.loss()) {
            case SQUARED -> ridge();
            case LOGISTIC -> gradient(FoldIn.Loss.LOGISTIC);
            case BPR -> gradient(FoldIn.Loss.BPR);
            case WARP -> gradient(FoldIn.Loss.WARP);
        };
    }

    /** A row of n ratings is pulled by λ·(n/m)^(ν-1) at each, m being the mean: λ·m^(1-ν)·n^ν in all. */
    private FoldIn ridge() {
        Positives positives = factors.positives();
        double exponent = settings.regularizationExponent();
        double mean = Initialization.meanCount(factors.users().rows(), positives::ofUser);
        return new FoldIn.Ridge(
                0,
                scale.ridge() * Math.pow(mean, 1 - exponent),
                exponent,
                new Confidence.Linear(0),
                Double.NEGATIVE_INFINITY,
                FoldIn.Target.VALUE,
                true);
    }

    /** The host's accumulator starts at 1 where ours starts lower. */
    private FoldIn gradient(FoldIn.Loss loss) {
        return new FoldIn.Gradient(
                loss,
                settings.epochs(),
                settings.firstRate() / Math.sqrt(settings.initialSquares()),
                settings.factorDecay(),
                settings.negatives(),
                settings.minimumValue(),
                settings.recencyHalfLife(),
                RecentUsers.PASSES,
                settings.candidates(factors.positives().seenItems().length));
    }
}
