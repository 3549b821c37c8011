package dev.latent.spi;

/** What a trained model predicts, and so how its holdout is measured. */
public enum Task {
    /** A score is an estimate of an interaction's value, in the value's own unit; measured by RMSE and MAE. */
    RATING,
    /** Only the order of a user's scores means something; measured by Recall, NDCG and the like. */
    RANKING
}
