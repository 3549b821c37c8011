package dev.latent.evaluation;

import dev.latent.spi.SparseRows;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Finds the most popular items that a user does not have, by walking down the order that is the same for everybody. */
final class PopularLists implements TopLists {

    private final PopularityBaseline baseline;
    private final SparseRows histories;
    private final ListNeeds needs;
    private final BitSet seen;
    private final BitSet wanted;

    PopularLists(PopularityBaseline baseline, SparseRows histories, ListNeeds needs) {
        this.baseline = baseline;
        this.histories = histories;
        this.needs = needs;
        seen = new BitSet(baseline.itemCount());
        wanted = new BitSet(baseline.itemCount());
    }

    @Override
    public void find(List<TestCase> cases, FoundLists found) {
        for (int index = 0; index < cases.size(); index++) {
            TestCase each = cases.get(index);
            seen.clear();
            if (each.candidates().isEmpty()) {
                for (long at = histories.start(each.user()); at < histories.end(each.user()); at++) {
                    seen.set(histories.index(at));
                }
            }
            int[] places = each.candidates().map(this::places).orElse(new int[0]);
            int count = each.candidates().isPresent() ? places.length : baseline.itemCount();
            int missing = prepare(each.relevant(), found.firstRanks[index]);
            found.lengths[index] = walk(places, count, missing, found.items[index], found.firstRanks[index]);
        }
    }

    /** The places of items in the order, ascending. */
    private int[] places(int[] items) {
        return Arrays.stream(items).map(baseline::place).sorted().toArray();
    }

    /** Marks the relevant items of the list and counts in how many segments there are some to be ranked. */
    private int prepare(int[] relevant, int[] firstRanks) {
        wanted.clear();
        Arrays.fill(firstRanks, 0);
        int missing = 0;
        for (int item : relevant) {
            if (!seen.get(item) && firstRanks.length > 0) {
                wanted.set(item);
                int segment = needs.facts().segment(item);
                missing += firstRanks[segment] == 0 ? 1 : 0;
                firstRanks[segment] = Integer.MAX_VALUE;
            }
        }
        return missing;
    }

    private int walk(int[] places, int count, int segments, int[] list, int[] firstRanks) {
        int missing = segments;
        int rank = 0;
        for (int step = 0; step < count && (rank < needs.longest() || missing > 0); step++) {
            int item = baseline.item(places.length > 0 ? places[step] : step);
            if (!seen.get(item)) {
                if (rank < needs.longest()) {
                    list[rank] = item;
                }
                rank++;
                if (wanted.get(item) && firstRanks[needs.facts().segment(item)] == Integer.MAX_VALUE) {
                    firstRanks[needs.facts().segment(item)] = rank;
                    missing--;
                }
            }
        }
        return Math.min(rank, needs.longest());
    }
}
