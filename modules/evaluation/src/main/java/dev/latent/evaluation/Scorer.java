package dev.latent.evaluation;

import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.ScoringModel;
import dev.latent.spi.Snapshot;
import dev.latent.spi.TrainedModel;

/** Gives the scores of all items for users of a snapshot. Thread-safe. */
public interface Scorer {

    /** How many users are worth scoring together. */
    int BATCH = 8;

    /**
     * Returns the number of items that are scored.
     *
     * @return at least 0
     */
    int itemCount();

    /**
     * Scores all items for some users.
     *
     * @param firstUser number of the first
     * @param count how many, numbered one after the other
     * @param scores receives one array of {@link #itemCount()} scores a user
     */
    void score(int firstUser, int count, float[][] scores);

    /**
     * Scores a trained model's users.
     *
     * @param model embeddings, or a model that scores histories
     * @param train the histories of its users: what it was trained on
     * @return a scorer, valid as long as both
     */
    static Scorer of(TrainedModel model, Snapshot train) {
        return switch (model) {
            case EmbeddingModel embedding -> new EmbeddingScorer(embedding);
            case ScoringModel scoring -> new HistoryScorer(scoring, train.byUser());
        };
    }
}
