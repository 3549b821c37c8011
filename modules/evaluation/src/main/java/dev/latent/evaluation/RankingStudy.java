package dev.latent.evaluation;

import dev.latent.math.WorkerPool;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Measures lists case by case, in blocks that threads claim; sums are taken in the order of the cases, so that the result
 * does not depend on the number of threads. Immutable and thread-safe.
 */
final class RankingStudy {

    private final List<Metric> perList;
    private final List<Metric> overall;
    private final Snapshot train;
    private final byte[] segments;
    private final int threads;

    RankingStudy(List<Metric> metrics, Snapshot train, int threads) {
        perList = metrics.stream()
                .filter(metric -> !metric.isOfRatings() && !metric.isOfCatalogue())
                .toList();
        overall = metrics.stream().filter(Metric::isOfCatalogue).toList();
        this.train = train;
        this.threads = threads;
        segments = Segments.ofItems(train);
    }

    /** The metrics of {@link Outcome#sums}, one a column. */
    List<Metric> perList() {
        return perList;
    }

    /** The metrics of {@link Outcome#exposures}. */
    List<Metric> overall() {
        return overall;
    }

    int columns() {
        return perList.size() * (1 + Segments.COUNT);
    }

    /** What adds up: sums of users, and how often each item was listed within each cutoff of {@link #overall}. */
    @SuppressWarnings("ArrayRecordComponent")
    record Outcome(UserSums sums, long[][] exposures) {}

    Outcome newOutcome() {
        return new Outcome(new UserSums(columns()), new long[overall.size()][train.itemCount()]);
    }

    /** Measures cases and adds them to an outcome. */
    void measure(List<TestCase> cases, Supplier<TopLists> lists, Supplier<ListSimilarity> similarity, Outcome outcome) {
        double[][] rows = new double[cases.size()][];
        Worker[] workers = new Worker[threads];
        double[] information = information();
        try (WorkerPool pool = new WorkerPool(threads)) {
            pool.run(Math.ceilDiv(cases.size(), TopLists.BATCH), (block, worker) -> {
                if (workers[worker] == null) {
                    workers[worker] =
                            new Worker(lists.get(), new ListMeasures(perList, segments, information, similarity.get()));
                }
                int from = block * TopLists.BATCH;
                workers[worker].measure(cases, from, Math.min(cases.size(), from + TopLists.BATCH), rows);
            });
        }
        for (int index = 0; index < rows.length; index++) {
            outcome.sums.add(cases.get(index).user(), rows[index]);
        }
        for (Worker worker : workers) {
            if (worker != null) {
                worker.addTo(outcome.exposures);
            }
        }
    }

    /** The longest list that some metric looks at. */
    int longest() {
        int longest = 1;
        for (Metric metric : perList) {
            longest = Math.max(longest, metric.cutoff());
        }
        for (Metric metric : overall) {
            longest = Math.max(longest, metric.cutoff());
        }
        return Math.max(1, Math.min(longest, train.itemCount()));
    }

    private double[] information() {
        SparseRows rows = train.byItem();
        double users = Math.max(1, train.userCount());
        double[] bits = new double[rows.rows()];
        for (int item = 0; item < bits.length; item++) {
            bits[item] = StrictMath.log(users / Math.max(1, rows.length(item))) / StrictMath.log(2);
        }
        return bits;
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
        private final int[][] items = new int[TopLists.BATCH][longest()];
        private final int[] lengths = new int[TopLists.BATCH];
        private final int[][] exposures = new int[overall.size()][train.itemCount()];

        Worker(TopLists lists, ListMeasures measures) {
            this.lists = lists;
            this.measures = measures;
        }

        void measure(List<TestCase> cases, int from, int to, double[][] rows) {
            lists.find(cases.subList(from, to), items, lengths);
            for (int index = from; index < to; index++) {
                int[] list = items[index - from];
                int length = lengths[index - from];
                rows[index] = measures.measure(list, length, cases.get(index).relevant());
                for (int metric = 0; metric < overall.size(); metric++) {
                    for (int rank = 0;
                            rank < Math.min(length, overall.get(metric).cutoff());
                            rank++) {
                        exposures[metric][list[rank]]++;
                    }
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
