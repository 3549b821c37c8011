package dev.latent.training;

/**
 * When to stop before all sweeps are done: after some sweeps without improvement on a validation part that the host cuts
 * from the training part. The best sweep is kept.
 *
 * @param metric what to watch, for example {@code ndcg@10}; empty for the first of the model's task ({@code ndcg@10} or
 *     {@code rmse})
 * @param patience how many sweeps in a row may bring no improvement, at least 1
 */
public record EarlyStopping(String metric, int patience) {

    /** Checks the patience. */
    public EarlyStopping {
        if (patience < 1) {
            throw new IllegalArgumentException("Early stopping needs a patience of at least 1 sweep, got " + patience);
        }
    }
}
