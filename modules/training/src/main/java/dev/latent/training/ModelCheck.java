package dev.latent.training;

import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.History;
import dev.latent.spi.ScoringModel;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import dev.latent.spi.TrainedModel;
import java.util.Optional;

/** Holds what a plugin returned to the contract before anything is measured or stored. */
public final class ModelCheck {

    private static final int SAMPLED_USERS = 16;

    private final String plugin;
    private final Snapshot snapshot;

    /**
     * Checks models of a plugin that were trained on a snapshot.
     *
     * @param plugin what messages call it
     * @param snapshot what the models were trained on
     */
    public ModelCheck(String plugin, Snapshot snapshot) {
        this.plugin = plugin;
        this.snapshot = snapshot;
    }

    /**
     * Refuses a model of the wrong shape or with a number that is not finite.
     *
     * @param model as the plugin returned it
     * @throws RunFailureException naming the plugin and what is wrong
     */
    public void check(TrainedModel model) {
        switch (model) {
            case EmbeddingModel embedding -> checkEmbedding(embedding);
            case ScoringModel scoring -> checkScoring(scoring);
        }
    }

    private void checkEmbedding(EmbeddingModel model) {
        checkCount("rows of user factors", model.users().rows(), "users", snapshot.userCount());
        checkCount("rows of item factors", model.items().rows(), "items", snapshot.itemCount());
        checkFinite("offset", "", model.offset());
        checkFinite("user factors", model.users());
        checkFinite("item factors", model.items());
        model.userBiases().ifPresent(biases -> checkFinite("user biases", biases));
        model.itemBiases().ifPresent(biases -> checkFinite("item biases", biases));
        model.itemWeights().ifPresent(this::checkWeights);
        checkFeatures("item", snapshot.itemFeatures(), model.itemFeatureFactors(), model.itemFeatureBiases());
        model.itemFeaturePairs().ifPresent(pairs -> {
            checkFinite("item feature pair factors", pairs.factors());
            checkFinite("item feature pair biases", pairs.biases());
        });
        checkFeatures("user", snapshot.userFeatures(), model.userFeatureFactors(), model.userFeatureBiases());
    }

    private void checkWeights(FloatMatrix weights) {
        checkFinite("item weights", weights);
        for (long item = 0; item < weights.rows(); item++) {
            if (weights.get(item, 0) < 0) {
                throw broken("has " + weights.get(item, 0) + " as item weight in row " + item
                        + ", expected at least 0; nothing was published");
            }
        }
    }

    private void checkFeatures(
            String whose, Optional<SparseRows> features, Optional<FloatMatrix> factors, Optional<FloatMatrix> biases) {
        factors.ifPresent(matrix -> {
            int expected = features.map(SparseRows::columns).orElse(0);
            checkCount("rows of " + whose + " feature factors", matrix.rows(), whose + " features", expected);
            checkFinite(whose + " feature factors", matrix);
        });
        biases.ifPresent(matrix -> checkFinite(whose + " feature biases", matrix));
    }

    private void checkScoring(ScoringModel model) {
        checkCount("scored items", model.itemCount(), "items", snapshot.itemCount());
        float[] scores = new float[snapshot.itemCount()];
        checkScores(model, new History(new int[0], new float[0]), "an empty history", scores);
        for (int user = 0; user < Math.min(SAMPLED_USERS, snapshot.userCount()); user++) {
            checkScores(model, history(snapshot.byUser(), user), "the history of user " + user, scores);
        }
    }

    private static History history(SparseRows rows, int user) {
        int length = rows.length(user);
        int[] items = new int[length];
        float[] values = new float[length];
        for (int index = 0; index < length; index++) {
            items[index] = rows.index(rows.start(user) + index);
            values[index] = rows.value(rows.start(user) + index);
        }
        return new History(items, values);
    }

    private void checkScores(ScoringModel model, History history, String name, float[] scores) {
        model.score(history, scores);
        for (int item = 0; item < scores.length; item++) {
            checkFinite("score of item " + item + " for " + name, "", scores[item]);
        }
    }

    private void checkCount(String what, long actual, String of, int expected) {
        if (actual != expected) {
            throw broken("has " + actual + " " + what + ", expected " + expected + ", the number of " + of
                    + " of the snapshot");
        }
    }

    private void checkFinite(String what, FloatMatrix matrix) {
        long count = matrix.rows() * matrix.columns();
        for (long index = 0; index < count; index++) {
            float value = matrix.segment().get(FloatMatrix.ELEMENT, index * Float.BYTES);
            if (!Float.isFinite(value)) {
                checkFinite(what, " in row " + index / matrix.columns(), value);
            }
        }
    }

    private void checkFinite(String what, String place, float value) {
        if (!Float.isFinite(value)) {
            throw broken("has " + value + " as " + what + place + ", expected finite numbers; nothing was published");
        }
    }

    private RunFailureException broken(String problem) {
        return new RunFailureException(plugin + ": the trained model " + problem);
    }
}
