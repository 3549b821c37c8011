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
    private final FirstRanks firstRanks;
    private final boolean isRanked;

    ScoredLists(Scorer scorer, SparseRows histories, ListNeeds needs) {
        this.scorer = scorer;
        this.histories = histories;
        scores = new float[Scorer.BATCH][scorer.itemCount()];
        top = new TopK(needs.longest());
        listScores = new float[needs.longest()];
        firstRanks = new FirstRanks(needs);
        isRanked = needs.isRanked();
    }

    @Override
    public void find(List<TestCase> cases, FoundLists found) {
        int next = 0;
        while (next < cases.size()) {
            int count = 1;
            while (count < Scorer.BATCH && next + count < cases.size() && follows(cases, next, count)) {
                count++;
            }
            scorer.score(cases.get(next).user(), count, scores);
            for (int index = 0; index < count; index++) {
                select(cases.get(next + index), scores[index], found, next + index);
            }
            next += count;
        }
    }

    private static boolean follows(List<TestCase> cases, int first, int count) {
        return cases.get(first + count).user() == cases.get(first).user() + count;
    }

    private void select(TestCase each, float[] row, FoundLists found, int index) {
        if (each.candidates().isEmpty()) {
            for (long position = histories.start(each.user()); position < histories.end(each.user()); position++) {
                row[histories.index(position)] = Float.NaN;
            }
        }
        firstRanks.clear();
        if (isRanked) {
            for (int item : each.relevant()) {
                if (item < row.length) { // else the model does not know it
                    firstRanks.addRelevant(item, row[item]);
                }
            }
        }
        each.candidates().ifPresentOrElse(candidates -> offer(candidates, row), () -> offerAll(row));
        found.lengths[index] = top.drainTo(found.items[index], listScores);
        firstRanks.writeTo(found.firstRanks[index]);
    }

    private void offer(int[] candidates, float[] row) {
        for (int item : candidates) {
            top.offer(item, row[item]);
            firstRanks.count(item, row[item]);
        }
    }

    private void offerAll(float[] row) {
        for (int item = 0; item < scorer.itemCount(); item++) {
            if (row[item] >= top.threshold()) { // false for NaN: left out
                top.offer(item, row[item]);
            }
        }
        firstRanks.count(row, 0, 0, scorer.itemCount());
    }
}
