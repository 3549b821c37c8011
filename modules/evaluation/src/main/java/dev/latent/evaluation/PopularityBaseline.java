package dev.latent.evaluation;

import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import java.util.BitSet;
import java.util.stream.IntStream;

/** Scores every item by how many users liked it in training, the same for all users: what any recommender has to beat. */
public final class PopularityBaseline implements Scorer {

    private final float[] counts;

    /**
     * Counts.
     *
     * @param train where to count
     * @param relevance which interactions count
     */
    public PopularityBaseline(Snapshot train, RelevanceRule relevance) {
        SparseRows rows = train.byItem();
        counts = new float[rows.rows()];
        for (int item = 0; item < counts.length; item++) {
            int liked = 0;
            for (long position = rows.start(item); position < rows.end(item); position++) {
                liked += relevance.isRelevant(rows.value(position)) ? 1 : 0;
            }
            counts[item] = liked;
        }
    }

    @Override
    public int itemCount() {
        return counts.length;
    }

    @Override
    public void score(int firstUser, int count, float[][] scores) {
        for (int user = 0; user < count; user++) {
            System.arraycopy(counts, 0, scores[user], 0, counts.length);
        }
    }

    /** The given share of items, rounded up, that have the most interactions; ties: the lower number first. */
    static BitSet mostPopular(Snapshot train, double share) {
        SparseRows rows = train.byItem();
        BitSet popular = new BitSet(rows.rows());
        IntStream.range(0, rows.rows())
                .boxed()
                .sorted((a, b) -> Integer.compare(rows.length(b), rows.length(a)))
                .limit((long) Math.ceil(share * rows.rows()))
                .forEach(popular::set);
        return popular;
    }
}
