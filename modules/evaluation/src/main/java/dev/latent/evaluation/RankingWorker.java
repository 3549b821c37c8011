package dev.latent.evaluation;

import dev.latent.math.TopK;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

/** The workspace of one thread of {@link RankingEvaluator}. */
final class RankingWorker {

    private final Scorer scorer;
    private final SparseRows train;
    private final SparseRows test;
    private final RelevanceRule relevance;
    private final List<Integer> cutoffs;
    private final BitSet popular;
    private final List<BitSet> recommended;
    private final float[][] scores;
    private final BitSet wanted;
    private final TopK top;
    private final int[] list;
    private final float[] listScores;

    RankingWorker(
            Scorer scorer,
            Snapshot train,
            Snapshot test,
            RelevanceRule relevance,
            List<Integer> cutoffs,
            BitSet popular) {
        this.scorer = scorer;
        this.train = train.byUser();
        this.test = test.byUser();
        this.relevance = relevance;
        this.cutoffs = cutoffs;
        this.popular = popular;
        int items = scorer.itemCount();
        recommended =
                Stream.generate(() -> new BitSet(items)).limit(cutoffs.size()).toList();
        scores = new float[Scorer.BATCH][items];
        wanted = new BitSet(items);
        int longest = Math.max(1, Math.min(items, cutoffs.getLast()));
        top = new TopK(longest);
        list = new int[longest];
        listScores = new float[longest];
    }

    /** The items that this worker has seen in a list cut at the index-th cutoff. */
    BitSet recommended(int index) {
        return recommended.get(index);
    }

    RankingTotals measure(int fromUser, int toUser) {
        RankingTotals totals = new RankingTotals(cutoffs.size());
        int user = fromUser;
        while (user < toUser) {
            if (!hasRelevant(user)) {
                user++;
                continue;
            }
            int count = 1;
            while (count < Scorer.BATCH && user + count < toUser && hasRelevant(user + count)) {
                count++;
            }
            scorer.score(user, count, scores);
            for (int index = 0; index < count; index++) {
                measureUser(user + index, scores[index], totals);
            }
            user += count;
        }
        return totals;
    }

    private boolean hasRelevant(int user) {
        for (long position = test.start(user); position < test.end(user); position++) {
            if (relevance.isRelevant(test.value(position))) {
                return true;
            }
        }
        return false;
    }

    private void measureUser(int user, float[] row, RankingTotals totals) {
        for (long position = train.start(user); position < train.end(user); position++) {
            row[train.index(position)] = Float.NaN;
        }
        wanted.clear();
        for (long position = test.start(user); position < test.end(user); position++) {
            if (relevance.isRelevant(test.value(position))) {
                wanted.set(test.index(position));
            }
        }
        int relevant = wanted.cardinality();
        int length = select(row);
        totals.users++;
        totals.relevant += relevant;
        totals.reciprocalRank += reciprocalRank(row, length);
        for (int index = 0; index < cutoffs.size(); index++) {
            measureList(index, Math.min(length, cutoffs.get(index)), relevant, totals);
        }
    }

    private int select(float[] row) {
        for (int item = 0; item < scorer.itemCount(); item++) {
            float score = row[item];
            if (score >= top.threshold()) { // false for NaN: left out
                top.offer(item, score);
            }
        }
        return top.drainTo(list, listScores);
    }

    private void measureList(int index, int length, int relevant, RankingTotals totals) {
        int found = 0;
        double gain = 0;
        for (int rank = 0; rank < length; rank++) {
            int item = list[rank];
            recommended.get(index).set(item);
            if (popular.get(item)) {
                totals.popular[index]++;
            }
            if (wanted.get(item)) {
                found++;
                gain += discount(rank);
            }
        }
        int possible = Math.min(cutoffs.get(index), relevant);
        double ideal = 0;
        for (int rank = 0; rank < possible; rank++) {
            ideal += discount(rank);
        }
        totals.listed[index] += length;
        totals.recall[index] += (double) found / relevant;
        totals.cappedRecall[index] += (double) found / possible;
        totals.ndcg[index] += gain / ideal;
        totals.hits[index] += found > 0 ? 1 : 0;
    }

    private static double discount(int rank) {
        return StrictMath.log(2) / StrictMath.log(rank + 2.0);
    }

    /** From the list when a relevant item is in it, else by counting what is ranked before the best relevant one. */
    private double reciprocalRank(float[] row, int length) {
        for (int rank = 0; rank < length; rank++) {
            if (wanted.get(list[rank])) {
                return 1.0 / (rank + 1);
            }
        }
        int best = -1;
        for (int item = wanted.nextSetBit(0); item >= 0; item = wanted.nextSetBit(item + 1)) {
            if (!Float.isNaN(row[item]) && (best < 0 || row[item] > row[best])) {
                best = item;
            }
        }
        return best < 0 ? 0 : 1.0 / (1 + countBefore(row, best));
    }

    private int countBefore(float[] row, int best) {
        int before = 0;
        for (int item = 0; item < scorer.itemCount(); item++) {
            if (row[item] > row[best] || (row[item] == row[best] && item < best)) {
                before++;
            }
        }
        return before;
    }
}
