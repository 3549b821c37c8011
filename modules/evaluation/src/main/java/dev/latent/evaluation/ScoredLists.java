package dev.latent.evaluation;

import dev.latent.math.TopK;
import dev.latent.spi.SparseRows;
import java.util.List;

/** Finds the best items from the scores of all. */
final class ScoredLists implements TopLists {

    private final Scorer scorer;
    private final SparseRows histories;
    private final float[][] scores;
    private final TopK top;
    private final float[] listScores;

    ScoredLists(Scorer scorer, SparseRows histories, int longest) {
        this.scorer = scorer;
        this.histories = histories;
        scores = new float[Scorer.BATCH][scorer.itemCount()];
        top = new TopK(longest);
        listScores = new float[longest];
    }

    @Override
    public void find(List<TestCase> cases, int[][] lists, int[] lengths) {
        int next = 0;
        while (next < cases.size()) {
            int count = 1;
            while (count < Scorer.BATCH && next + count < cases.size() && follows(cases, next, count)) {
                count++;
            }
            scorer.score(cases.get(next).user(), count, scores);
            for (int index = 0; index < count; index++) {
                lengths[next + index] = select(cases.get(next + index), scores[index], lists[next + index]);
            }
            next += count;
        }
    }

    private static boolean follows(List<TestCase> cases, int first, int count) {
        return cases.get(first + count).user() == cases.get(first).user() + count;
    }

    private int select(TestCase each, float[] row, int[] list) {
        if (each.candidates().isPresent()) {
            for (int item : each.candidates().get()) {
                top.offer(item, row[item]);
            }
        } else {
            for (long position = histories.start(each.user()); position < histories.end(each.user()); position++) {
                row[histories.index(position)] = Float.NaN;
            }
            for (int item = 0; item < scorer.itemCount(); item++) {
                if (row[item] >= top.threshold()) { // false for NaN: left out
                    top.offer(item, row[item]);
                }
            }
        }
        return top.drainTo(list, listScores);
    }
}
