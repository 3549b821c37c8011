package dev.latent.exchange;

import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.FoldIn;
import dev.latent.storage.StringTable;
import java.util.Optional;

/**
 * The vectors of users and items with their ids: what is exchanged. Valid as long as the memory behind it.
 *
 * @param users at least one
 * @param items at least one, of the same rank
 * @param offset added to every score
 */
public record Embeddings(Side users, Side items, float offset) {

    /**
     * The vectors of users, or those of items.
     *
     * @param ids one a row
     * @param factors one row each
     * @param biases one number a row
     */
    public record Side(StringTable ids, FloatMatrix factors, Optional<FloatMatrix> biases) {

        /**
         * Counts the rows whose factors are all 0.
         *
         * @return at least 0
         */
        public long countZeroRows() {
            long count = 0;
            for (long row = 0; row < factors.rows(); row++) {
                count += isZero(row) ? 1 : 0;
            }
            return count;
        }

        private boolean isZero(long row) {
            for (int factor = 0; factor < factors.columns(); factor++) {
                if (factors.get(row, factor) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Shows them as a model.
     *
     * @param foldIn how users without a vector get one
     * @return over the same memory
     */
    public EmbeddingModel model(FoldIn foldIn) {
        EmbeddingModel.Builder model = EmbeddingModel.builder(users.factors(), items.factors())
                .offset(offset)
                .foldIn(foldIn);
        users.biases().ifPresent(model::userBiases);
        items.biases().ifPresent(model::itemBiases);
        return model.build();
    }
}
