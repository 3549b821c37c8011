package dev.latent.server.serving;

import dev.latent.retrieval.ExactIndex;
import dev.latent.retrieval.ItemFilter;
import dev.latent.retrieval.TopItems;
import dev.latent.spi.EmbeddingModel;
import java.util.Optional;

/** Scores by vectors: an exact search over the items. */
final class EmbeddingScorer implements VersionScorer {

    private final ExactIndex index;
    private final int rank;

    EmbeddingScorer(EmbeddingModel model) {
        this.index = ExactIndex.of(model.items(), model.itemBiases());
        this.rank = model.rank();
    }

    @Override
    public TopItems search(Subject subject, ItemFilter filter, int k) {
        return index.search(subject.vector(), subject.constant(), filter, k);
    }

    @Override
    public float[] scores(Subject subject, int[] items) {
        float[] scores = new float[items.length];
        for (int position = 0; position < items.length; position++) {
            scores[position] = index.score(subject.vector(), subject.constant(), items[position]);
        }
        return scores;
    }

    @Override
    public Optional<TopItems> similar(int item, ItemFilter filter, int k) {
        return Optional.of(index.similar(item, filter, k));
    }

    @Override
    public long cost() {
        return (long) index.itemCount() * rank;
    }
}
