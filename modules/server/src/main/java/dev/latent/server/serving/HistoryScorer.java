package dev.latent.server.serving;

import dev.latent.retrieval.ItemFilter;
import dev.latent.retrieval.Selections;
import dev.latent.retrieval.TopItems;
import dev.latent.spi.ScoringModel;
import java.util.Optional;

/** Scores by the code of a plugin, from the subject's history. */
final class HistoryScorer implements VersionScorer {

    private final ScoringModel model;

    HistoryScorer(ScoringModel model) {
        this.model = model;
    }

    @Override
    public TopItems search(Subject subject, ItemFilter filter, int k) {
        return Selections.best(allScores(subject), filter, k);
    }

    @Override
    public float[] scores(Subject subject, int[] items) {
        float[] all = allScores(subject);
        float[] scores = new float[items.length];
        for (int position = 0; position < items.length; position++) {
            scores[position] = all[items[position]];
        }
        return scores;
    }

    private float[] allScores(Subject subject) {
        float[] scores = new float[model.itemCount()];
        model.score(subject.history(), scores);
        return scores;
    }

    @Override
    public Optional<TopItems> similar(int item, ItemFilter filter, int k) {
        return Optional.empty();
    }

    @Override
    public long cost() {
        return Long.MAX_VALUE;
    }
}
