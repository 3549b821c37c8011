package dev.latent.spi;

/**
 * The result of a run.
 *
 * <p>An {@link EmbeddingModel} is stored, served and folded into by the host alone; a {@link ScoringModel} keeps the code
 * of its plugin on the request path.
 */
public sealed interface TrainedModel permits EmbeddingModel, ScoringModel {}
