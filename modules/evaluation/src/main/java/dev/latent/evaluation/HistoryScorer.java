package dev.latent.evaluation;

import dev.latent.spi.History;
import dev.latent.spi.ScoringModel;
import dev.latent.spi.SparseRows;
import java.util.Arrays;

/** Scores users by their training histories. */
final class HistoryScorer implements Scorer {

    private final ScoringModel model;
    private final SparseRows histories;

    HistoryScorer(ScoringModel model, SparseRows histories) {
        this.model = model;
        this.histories = histories;
    }

    @Override
    public int itemCount() {
        return model.itemCount();
    }

    @Override
    public void score(int firstUser, int count, float[][] scores) {
        History[] batch = new History[count];
        float[][] targets = new float[count][];
        for (int user = 0; user < count; user++) {
            batch[user] = history(histories, firstUser + user);
            targets[user] = scores[user];
        }
        model.scoreAll(batch, targets);
    }

    static History history(SparseRows rows, int user) {
        int length = rows.length(user);
        int[] items = new int[length];
        float[] values = new float[length];
        long[] times = new long[rows.times().byteSize() == 0 ? 0 : length];
        long start = rows.start(user);
        for (int index = 0; index < length; index++) {
            items[index] = rows.index(start + index);
            values[index] = rows.value(start + index);
        }
        Arrays.setAll(times, index -> rows.time(start + index));
        return new History(items, values, times);
    }
}
