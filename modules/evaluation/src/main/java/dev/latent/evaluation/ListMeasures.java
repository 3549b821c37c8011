package dev.latent.evaluation;

import java.util.BitSet;
import java.util.List;

/**
 * Turns a list into the values of metrics, for all relevant items and for those of each segment. The workspace of one
 * thread.
 */
final class ListMeasures {

    private final List<Metric> metrics;
    private final byte[] segments;
    private final double[] information;
    private final ListSimilarity similarity;
    private final BitSet wanted;
    private final double[] discounts;
    private final double[] ideals;

    /** Measures the given metrics, which are of single lists. */
    ListMeasures(List<Metric> metrics, byte[] segments, double[] information, ListSimilarity similarity) {
        this.metrics = metrics;
        this.segments = segments;
        this.information = information;
        this.similarity = similarity;
        wanted = new BitSet(segments.length);
        discounts = new double[segments.length];
        ideals = new double[segments.length + 1];
        for (int rank = 0; rank < discounts.length; rank++) {
            discounts[rank] = discount(rank);
            ideals[rank + 1] = ideals[rank] + discounts[rank];
        }
    }

    /** Value and count of each metric, then of each within the head, the torso and the tail. */
    double[] measure(int[] list, int length, int[] relevant) {
        double[] sums = new double[2 * metrics.size() * (1 + Segments.COUNT)];
        put(sums, 0, list, length, relevant, -1);
        for (int segment = 0; segment < Segments.COUNT; segment++) {
            put(sums, 2 * metrics.size() * (1 + segment), list, length, relevant, segment);
        }
        return sums;
    }

    private void put(double[] sums, int offset, int[] list, int length, int[] relevant, int segment) {
        int count = 0;
        wanted.clear();
        for (int item : relevant) {
            if (segment < 0 || segments[item] == segment) {
                wanted.set(item);
                count++;
            }
        }
        for (int index = 0; index < metrics.size(); index++) {
            Metric metric = metrics.get(index);
            boolean applies = metric.isOfRelevance() ? count > 0 : segment < 0;
            if (applies) {
                sums[offset + 2 * index] = value(metric, list, Math.min(length, metric.cutoff()), count);
                sums[offset + 2 * index + 1] = 1;
            }
        }
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

    private double novelty(int[] list, int length) {
        double sum = 0;
        for (int rank = 0; rank < length; rank++) {
            sum += information[list[rank]];
        }
        return length == 0 ? 0 : sum / length;
    }
}
