package dev.latent.evaluation;

import dev.latent.math.Kernels;
import dev.latent.spi.EmbeddingModel;
import java.util.Arrays;

/** Scores users by their vectors, in tiles of items that stay in the second-level cache for a batch of users. */
final class EmbeddingScorer implements Scorer {

    private static final int TILE_FLOATS = 32 * 1024;

    private final EmbeddingModel model;
    private final int itemCount;
    private final int rank;
    private final float[] itemBiases;

    EmbeddingScorer(EmbeddingModel model) {
        this.model = model;
        itemCount = Math.toIntExact(model.items().rows());
        rank = model.rank();
        itemBiases = new float[model.itemBiases().isPresent() ? itemCount : 0];
        model.itemBiases().ifPresent(biases -> {
            for (int item = 0; item < itemCount; item++) {
                itemBiases[item] = biases.get(item, 0);
            }
        });
    }

    @Override
    public int itemCount() {
        return itemCount;
    }

    @Override
    public void score(int firstUser, int count, float[][] scores) {
        if (rank == 0) {
            for (int user = 0; user < count; user++) {
                Arrays.fill(scores[user], 0, itemCount, 0f);
            }
        } else {
            multiply(firstUser, count, scores);
        }
        for (int user = 0; user < count; user++) {
            addBiases(firstUser + user, scores[user]);
        }
    }

    private void multiply(int firstUser, int count, float[][] scores) {
        float[] queries = new float[count * rank];
        for (int user = 0; user < count; user++) {
            model.users().readRow(firstUser + user, queries, user * rank);
        }
        int tile = Math.max(1, TILE_FLOATS / rank);
        for (int from = 0; from < itemCount; from += tile) {
            int to = Math.min(itemCount, from + tile);
            for (int user = 0; user < count; user++) {
                Kernels.scores(model.items().segment(), from, to, rank, queries, user * rank, scores[user], from);
            }
        }
    }

    private void addBiases(int user, float[] scores) {
        float constant = model.offset()
                + model.userBiases().map(biases -> biases.get(user, 0)).orElse(0f);
        if (constant != 0) {
            for (int item = 0; item < itemCount; item++) {
                scores[item] += constant;
            }
        }
        for (int item = 0; item < itemBiases.length; item++) {
            scores[item] += itemBiases[item];
        }
    }
}
