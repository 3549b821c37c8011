package dev.latent.spi;

import java.io.IOException;

/**
 * A model that scores all items for a history by code of its own (item-kNN, EASE, popularity). Implemented by plugins.
 *
 * <p>It is on the request path: implementations are immutable, safe for use by many threads, do not block and throw
 * nothing for a well-formed history. The server runs with the Vector API's own bounds check off, for its exact search:
 * vector loads and stores of a scoring model must stay within their arrays by themselves.
 */
public non-sealed interface ScoringModel extends TrainedModel {

    /**
     * Returns the number of items that are scored.
     *
     * @return at least 0
     */
    int itemCount();

    /**
     * Scores all items for one history.
     *
     * @param history may be empty
     * @param scores receives {@link #itemCount()} finite scores, higher is better
     */
    void score(History history, float[] scores);

    /**
     * Scores all items for several histories.
     *
     * @param histories any number
     * @param scores one array a history, as for {@link #score}
     */
    default void scoreAll(History[] histories, float[][] scores) {
        for (int index = 0; index < histories.length; index++) {
            score(histories[index], scores[index]);
        }
    }

    /**
     * Writes what {@link Algorithm#reopen} needs.
     *
     * @param sections takes named pieces
     * @throws IOException when the writer fails
     */
    void write(SectionWriter sections) throws IOException;
}
