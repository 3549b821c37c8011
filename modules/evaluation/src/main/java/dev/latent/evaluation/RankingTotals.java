package dev.latent.evaluation;

/** Sums of the measures over some users; one entry a cutoff. */
final class RankingTotals {

    int users;
    long relevant;
    double reciprocalRank;
    final double[] recall;
    final double[] cappedRecall;
    final double[] ndcg;
    final long[] hits;
    final long[] listed;
    final long[] popular;

    RankingTotals(int cutoffs) {
        recall = new double[cutoffs];
        cappedRecall = new double[cutoffs];
        ndcg = new double[cutoffs];
        hits = new long[cutoffs];
        listed = new long[cutoffs];
        popular = new long[cutoffs];
    }

    void add(RankingTotals other) {
        users += other.users;
        relevant += other.relevant;
        reciprocalRank += other.reciprocalRank;
        for (int index = 0; index < recall.length; index++) {
            recall[index] += other.recall[index];
            cappedRecall[index] += other.cappedRecall[index];
            ndcg[index] += other.ndcg[index];
            hits[index] += other.hits[index];
            listed[index] += other.listed[index];
            popular[index] += other.popular[index];
        }
    }
}
