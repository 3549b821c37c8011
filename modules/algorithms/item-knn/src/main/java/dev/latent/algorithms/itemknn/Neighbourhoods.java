package dev.latent.algorithms.itemknn;

import dev.latent.math.SumRates;
import dev.latent.math.TopK;
import dev.latent.math.WorkerPool;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SnapshotShape;
import dev.latent.spi.SparseRows;
import dev.latent.spi.TrainingFailedException;
import dev.latent.spi.TrainingListener;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the neighbours of every item: the products with all items that share a user, added up in one dense row, of which
 * the best are kept. The work is Σ over users of the square of their history. Driven by one thread, which shares the work
 * with a pool.
 */
final class Neighbourhoods {

    private static final int TASK_ROWS = 8;
    private static final int CANCEL_INTERVAL = 1 << 8;

    /** Weighing an entry, adding its product and noting its item cost so many plain products. */
    private static final double PRODUCT_COST = 4;

    private final Snapshot snapshot;
    private final ItemKnnOptions options;
    private final WorkerPool pool;
    private final TrainingListener listener;

    Neighbourhoods(Snapshot snapshot, ItemKnnOptions options, WorkerPool pool, TrainingListener listener) {
        this.snapshot = snapshot;
        this.options = options;
        this.pool = pool;
        this.listener = listener;
    }

    /** Returns the bytes of heap that finding takes; saturates. */
    static long workspaceBytes(long users, long items, int threads) {
        return (long) ((double) Double.BYTES * (users + 2.0 * items) + 12.0 * items * threads);
    }

    /**
     * Foretells how long finding takes, from what this machine has just summed in a second. Histories are taken to be as
     * skewed as the longest that counts is to their mean.
     */
    static double seconds(SnapshotShape shape, int longestHistory, int threads) {
        double mean = (double) shape.interactions() / Math.max(1, shape.users());
        int counted = longestHistory == 0 ? Integer.MAX_VALUE : longestHistory;
        double longest = Math.max(mean, Math.min(shape.longestUserRow(), counted));
        double products = shape.interactions() * Math.sqrt(mean * longest);
        return PRODUCT_COST * products / SumRates.scattered(Math.max(1, shape.items())) / threads;
    }

    void fill(NeighbourTable table) {
        Weighting weighting = new Weighting(snapshot, options, pool);
        long leftOut = weighting.leftOut();
        if (leftOut > 0) {
            listener.log("%d users with more than %d interactions left out of the similarities ('%s')"
                    .formatted(leftOut, options.longestHistory(), ItemKnnOptions.LONGEST_HISTORY));
        }
        int items = snapshot.itemCount();
        List<Row> rows = new ArrayList<>();
        for (int worker = 0; worker < pool.threads(); worker++) {
            rows.add(new Row(items, Math.min(options.neighbours(), Math.max(1, items))));
        }
        pool.run(Math.ceilDiv(items, TASK_ROWS), (task, worker) -> {
            int end = Math.min(items, (task + 1) * TASK_ROWS);
            for (int item = task * TASK_ROWS; item < end; item++) {
                rows.get(worker).find(item, weighting, table);
            }
            listener.progress(1, 1, (double) end / items);
        });
    }

    /** One worker's dense row of products. */
    private final class Row {
        private final double[] products;
        private final int[] touched;
        private final TopK best;
        private final int[] indices;
        private final float[] similarities;
        private int touchedCount;

        Row(int items, int neighbours) {
            products = new double[items];
            touched = new int[items];
            best = new TopK(neighbours);
            indices = new int[neighbours];
            similarities = new float[neighbours];
        }

        void find(int item, Weighting weighting, NeighbourTable table) {
            SparseRows byItem = snapshot.byItem();
            listener.checkCancelled();
            for (long position = byItem.start(item); position < byItem.end(item); position++) {
                if ((position & (CANCEL_INTERVAL - 1)) == 0) {
                    listener.checkCancelled();
                }
                int user = byItem.index(position);
                double weight = weighting.weight(item, user, byItem.value(position));
                if (weight != 0) {
                    addUser(user, weight, weighting);
                }
            }
            select(item, weighting);
            table.write(item, indices, similarities, best.drainTo(indices, similarities));
        }

        private void addUser(int user, double weight, Weighting weighting) {
            SparseRows byUser = snapshot.byUser();
            for (long position = byUser.start(user); position < byUser.end(user); position++) {
                int other = byUser.index(position);
                double product = weight * weighting.weight(other, user, byUser.value(position));
                if (product != 0) {
                    if (products[other] == 0) {
                        touched[touchedCount++] = other;
                    }
                    products[other] += product;
                    if (products[other] == 0) {
                        products[other] = Double.MIN_VALUE; // cancelled out, but touched once is enough
                    }
                }
            }
        }

        /** Keeps the best of what was touched, leaving the row empty. */
        private void select(int item, Weighting weighting) {
            for (int i = 0; i < touchedCount; i++) {
                int other = touched[i];
                float similarity = (float) weighting.similarity(item, other, products[other]);
                products[other] = 0;
                if (!Float.isFinite(similarity)) {
                    throw new TrainingFailedException("The similarity of items " + item + " and " + other + " is "
                            + similarity + "; set '" + ItemKnnOptions.WEIGHT + "' to '" + ItemKnnOptions.COUNT + "'");
                }
                if (other != item && similarity > 0) {
                    best.offer(other, similarity);
                }
            }
            touchedCount = 0;
        }
    }
}
