package dev.latent.evaluation;

import java.util.BitSet;
import java.util.List;

/**
 * Turns a list into the values of metrics, for all relevant items and for those of each segment. The workspace of one
 * thread.
 */
final class ListMeasures {

    private static final int ALL = -1;

    private final List<Metric> metrics;
    private final ItemFacts facts;
    private final ListSimilarity similarity;
    private final BitSet wanted;
    private final double[] discounts;
    private final double[] ideals;

    /** Measures the given metrics, which are of single lists. */
    ListMeasures(List<Metric> metrics, ListNeeds needs, ListSimilarity similarity) {
        this.metrics = metrics;
        this.similarity = similarity;
        facts = needs.facts();
        wanted = new BitSet(facts.itemCount());
        discounts = new double[needs.longest()];
        ideals = new double[needs.longest() + 1];
        for (int rank = 0; rank < discounts.length; rank++) {
            discounts[rank] = discount(rank);
            ideals[rank + 1] = ideals[rank] + discounts[rank];
        }
    }

    /** How often each metric is measured: in all, and within each segment when there are several. */
    static int blocks(ItemFacts facts) {
        return facts.segmentCount() == 1 ? 1 : 1 + facts.segmentCount();
    }

    /**
     * Measures the list of one case.
     *
     * @return value and count of each metric, then of each within each segment
     */
    double[] measure(FoundLists found, int index, int[] relevant) {
        double[] sums = new double[UserSums.width(metrics.size() * blocks(facts))];
        int[] list = found.items[index];
        int length = found.lengths[index];
        int[] firstRanks = found.firstRanks[index];
        put(sums, 0, list, length, relevant, ALL, first(firstRanks));
        for (int segment = 0; segment < blocks(facts) - 1; segment++) {
            int first = firstRanks.length == 0 ? 0 : firstRanks[segment];
            put(sums, UserSums.width(metrics.size() * (1 + segment)), list, length, relevant, segment, first);
        }
        return sums;
    }

    /** The first of all ranks; 0 is none. */
    private static int first(int[] ranks) {
        int first = 0;
        for (int rank : ranks) {
            first = first == 0 || (rank > 0 && rank < first) ? rank : first;
        }
        return first;
    }

    private void put(double[] sums, int offset, int[] list, int length, int[] relevant, int segment, int first) {
        int count = 0;
        wanted.clear();
        for (int item : relevant) {
            if (segment == ALL || facts.segment(item) == segment) {
                wanted.set(item);
                count++;
            }
        }
        for (int index = 0; index < metrics.size(); index++) {
            Metric metric = metrics.get(index);
            boolean applies = metric.isOfRelevance() ? count > 0 : segment == ALL;
            if (applies) {
                int cut = Math.min(length, metric.cutoff());
                sums[offset + 2 * index] = metric.isOfFirstRank() ? reciprocal(first) : value(metric, list, cut, count);
                sums[offset + 2 * index + 1] = metric.isPooled() ? cut : 1;
            }
        }
    }

    private static double reciprocal(int rank) {
        return rank == 0 ? 0 : 1.0 / rank;
    }

    private double value(Metric metric, int[] list, int length, int relevant) {
        int possible = Math.min(metric.cutoff(), relevant);
        return switch (metric.kind()) {
            case RECALL -> (double) hits(list, length) / relevant;
            case CAPPED_RECALL -> (double) hits(list, length) / possible;
            case PRECISION -> (double) hits(list, length) / metric.cutoff();
            case HR -> hits(list, length) > 0 ? 1 : 0;
            case NDCG -> gain(list, length) / ideals[possible];
            case MRR -> reciprocalRank(list, length);
            case MAP -> precisionSum(list, length) / possible;
            case POPULARITY_SHARE -> popular(list, length);
            case NOVELTY -> novelty(list, length);
            case ILS -> similarity.mean(list, length);
            case COVERAGE, GINI, RMSE, MAE -> throw new IllegalArgumentException(metric + " is not of one list");
        };
    }

    private int hits(int[] list, int length) {
        int hits = 0;
        for (int rank = 0; rank < length; rank++) {
            hits += wanted.get(list[rank]) ? 1 : 0;
        }
        return hits;
    }

    private double gain(int[] list, int length) {
        double gain = 0;
        for (int rank = 0; rank < length; rank++) {
            gain += wanted.get(list[rank]) ? discounts[rank] : 0;
        }
        return gain;
    }

    private static double discount(int rank) {
        return StrictMath.log(2) / StrictMath.log(rank + 2.0);
    }

    private double reciprocalRank(int[] list, int length) {
        for (int rank = 0; rank < length; rank++) {
            if (wanted.get(list[rank])) {
                return 1.0 / (rank + 1);
            }
        }
        return 0;
    }

    private double precisionSum(int[] list, int length) {
        double sum = 0;
        int hits = 0;
        for (int rank = 0; rank < length; rank++) {
            if (wanted.get(list[rank])) {
                sum += (double) ++hits / (rank + 1);
            }
        }
        return sum;
    }

    /** How many entries are popular: the numerator of what is pooled. */
    private double popular(int[] list, int length) {
        int count = 0;
        for (int rank = 0; rank < length; rank++) {
            count += facts.isPopular(list[rank]) ? 1 : 0;
        }
        return count;
    }

    private double novelty(int[] list, int length) {
        double sum = 0;
        for (int rank = 0; rank < length; rank++) {
            sum += facts.information(list[rank]);
        }
        return length == 0 ? 0 : sum / length;
    }
}
