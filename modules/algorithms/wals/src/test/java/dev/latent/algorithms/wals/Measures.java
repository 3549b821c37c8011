package dev.latent.algorithms.wals;

import dev.latent.algorithms.wals.Interactions.Entry;
import dev.latent.spi.EmbeddingModel;
import java.util.Arrays;
import java.util.List;

/** The measures of the quality checks, as plainly as they can be written. */
final class Measures {

    private Measures() {}

    /** Root mean squared error of predictions clipped to a range. */
    static double rmse(EmbeddingModel model, List<Entry> test, double lowest, double highest) {
        double sum = 0;
        for (Entry entry : test) {
            double score = Math.clamp(model.score(entry.user(), entry.item()), lowest, highest);
            sum += (score - entry.value()) * (score - entry.value());
        }
        return Math.sqrt(sum / test.size());
    }

    /** NDCG@10 of one held-out item a user on the full catalogue without the user's training items. */
    static double ndcg(Scores scores, MovieLens.Cut cut) {
        List<List<Entry>> histories = cut.train().byUser();
        double sum = 0;
        for (Entry entry : cut.test()) {
            double[] row = new double[cut.train().items()];
            for (int item = 0; item < row.length; item++) {
                row[item] = scores.of(entry.user(), item);
            }
            double held = row[entry.item()];
            histories.get(entry.user()).forEach(seen -> row[seen.item()] = Double.NEGATIVE_INFINITY);
            long above = Arrays.stream(row).filter(score -> score > held).count();
            long beside = Arrays.stream(row).filter(score -> score == held).count() - 1;
            double rank = above + beside / 2.0;
            sum += rank < 10 ? Math.log(2) / Math.log(rank + 2) : 0;
        }
        return sum / cut.test().size();
    }

    /** NDCG@10 of the number of training interactions as the score. */
    static double popularityNdcg(MovieLens.Cut cut) {
        int[] counts = new int[cut.train().items()];
        cut.train().entries().forEach(entry -> counts[entry.item()]++);
        return ndcg((user, item) -> counts[item], cut);
    }

    /** Scores of all pairs. */
    interface Scores {
        double of(int user, int item);
    }
}
