package dev.latent.evaluation;

import dev.latent.spi.History;
import dev.latent.spi.ScoringModel;
import dev.latent.spi.SparseRows;

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
            batch[user] = History.of(histories, firstUser + user);
            targets[user] = scores[user];
        }
        model.scoreAll(batch, targets);
    }
}
