package dev.latent.evaluation;

import dev.latent.math.WorkerPool;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Measures lists case by case, in batches that threads claim; what is measured of a case depends on nothing else. Immutable
 * and thread-safe.
 */
final class RankingStudy {

    private static final int BATCHES_OF_THREAD = 4;

    /** Lists of more items are so large that they are found by single slices. */
    private static final int LONG_LIST = 256;

    private final List<Metric> perList;
    private final List<Metric> overall;
    private final ItemFacts facts;
    private final int threads;
    private final ListNeeds needs;

    RankingStudy(List<Metric> metrics, ItemFacts facts, int threads) {
        perList = metrics.stream()
                .filter(metric -> !metric.isOfRatings() && !metric.isOfCatalogue())
                .toList();
        overall = metrics.stream().filter(Metric::isOfCatalogue).toList();
        this.facts = facts;
        this.threads = threads;
        needs = new ListNeeds(longest(), perList.stream().anyMatch(Metric::isOfFirstRank), facts);
    }

    /** The metrics of the sums, one a column. */
    List<Metric> perList() {
        return perList;
    }

    /** The metrics of the exposures. */
    List<Metric> overall() {
        return overall;
    }

    int columns() {
        return perList.size() * ListMeasures.blocks(facts);
    }

    /** Whether a column is a share of all entries, not a mean over users. */
    boolean isPooled(int column) {
        return perList.get(column % perList.size()).isPooled();
    }

    /** How often each item was listed within each cutoff of {@link #overall}: nothing yet. */
    long[][] newExposures() {
        return new long[overall.size()][facts.itemCount()];
    }

    /** Takes what was measured. */
    @FunctionalInterface
    interface Sums {
        /**
         * Takes a batch; each batch once, by any thread.
         *
         * @param first which of all cases its first one is, a multiple of {@link TopLists#SLICE}
         * @param cases one after the other
         * @param rows a value and a count for each column, for each case
         */
        void take(int first, List<TestCase> cases, double[][] rows);
    }

    /** Measures cases and adds how often each item was listed. */
    void measure(
            List<TestCase> cases,
            ListSource lists,
            Supplier<ListSimilarity> similarity,
            Sums sums,
            long[][] exposures) {
        int batch = batch(cases.size(), lists.slices());
        Worker[] workers = new Worker[threads];
        try (WorkerPool pool = new WorkerPool(threads)) {
            pool.run(Math.ceilDiv(cases.size(), batch), (number, worker) -> {
                if (workers[worker] == null) {
                    ListMeasures measures = new ListMeasures(perList, needs, similarity.get());
                    workers[worker] = new Worker(lists.open(needs, batch), measures, batch);
                }
                int first = number * batch;
                List<TestCase> own = List.copyOf(cases.subList(first, Math.min(cases.size(), first + batch)));
                sums.take(first, own, workers[worker].measure(own));
            });
        }
        for (Worker worker : workers) {
            if (worker != null) {
                worker.addTo(exposures);
            }
        }
    }

    private int batch(int cases, int slices) {
        int share = cases / (threads * BATCHES_OF_THREAD) / TopLists.SLICE;
        return TopLists.SLICE * (needs.longest() > LONG_LIST ? 1 : Math.clamp(share, 1, slices));
    }

    /** The longest list that some metric looks at. */
    private int longest() {
        int longest = 1;
        for (Metric metric : perList) {
            longest = Math.max(longest, metric.isOfFirstRank() ? 1 : metric.cutoff());
        }
        for (Metric metric : overall) {
            longest = Math.max(longest, metric.cutoff());
        }
        return Math.max(1, Math.min(longest, facts.itemCount()));
    }

    static double coverage(long[] exposure) {
        return exposure.length == 0
                ? 0
                : (double) Arrays.stream(exposure).filter(count -> count > 0).count() / exposure.length;
    }

    /** {@code Σ (2r − n − 1)·x_r / (n·Σ x)} over ascending counts x, r from 1. */
    static double gini(long[] exposure) {
        long[] ascending = exposure.clone();
        Arrays.sort(ascending);
        double weighted = 0;
        double sum = 0;
        for (int index = 0; index < ascending.length; index++) {
            weighted += (2.0 * (index + 1) - ascending.length - 1) * ascending[index];
            sum += ascending[index];
        }
        return sum == 0 ? 0 : weighted / (ascending.length * sum);
    }

    /** The workspace of one thread. */
    private final class Worker {
        private final TopLists lists;
        private final ListMeasures measures;
        private final FoundLists found;
        private final int[][] exposures = new int[overall.size()][facts.itemCount()];

        Worker(TopLists lists, ListMeasures measures, int batch) {
            this.lists = lists;
            this.measures = measures;
            found = new FoundLists(batch, needs);
        }

        double[][] measure(List<TestCase> cases) {
            lists.find(cases, found);
            double[][] rows = new double[cases.size()][];
            for (int index = 0; index < rows.length; index++) {
                rows[index] = measures.measure(found, index, cases.get(index).relevant());
                expose(found.items[index], found.lengths[index]);
            }
            return rows;
        }

        private void expose(int[] list, int length) {
            for (int metric = 0; metric < exposures.length; metric++) {
                int end = Math.min(length, overall.get(metric).cutoff());
                for (int rank = 0; rank < end; rank++) {
                    exposures[metric][list[rank]]++;
                }
            }
        }

        void addTo(long[][] totals) {
            for (int metric = 0; metric < totals.length; metric++) {
                for (int item = 0; item < totals[metric].length; item++) {
                    totals[metric][item] += exposures[metric][item];
                }
            }
        }
    }
}
