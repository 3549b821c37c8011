package dev.latent.algorithms.ease;

import dev.latent.math.SumRates;
import dev.latent.math.SymmetricInverse;
import dev.latent.math.WorkerPool;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SnapshotShape;
import dev.latent.spi.SparseRows;
import dev.latent.spi.TrainingFailedException;
import dev.latent.spi.TrainingListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * P = (XᵀX + λI)⁻¹, inverted over the side with fewer rows.
 *
 * <p>Over items it is the inverse as it stands. When users are fewer, M = (XXᵀ + λI)⁻¹ is inverted instead and, by the
 * identity of Woodbury, {@code P = (I − Xᵀ·M·X)/λ}: the cube of the number of users and two products with the sparse X.
 * All sums are float64, each in one order. Driven by one thread, which shares the work with a pool.
 */
final class Precision {

    private static final int TASK_ROWS = 16;

    /** Reading an entry through the rule and adding its product cost so many plain products. */
    private static final double PAIR_COST = 4;

    private final Snapshot snapshot;
    private final EaseOptions options;
    private final WorkerPool pool;
    private final TrainingListener listener;

    Precision(Snapshot snapshot, EaseOptions options, WorkerPool pool, TrainingListener listener) {
        this.snapshot = snapshot;
        this.options = options;
        this.pool = pool;
        this.listener = listener;
    }

    /** Returns how many bytes of heap it takes to form P; saturates. */
    static long bytes(long users, long items) {
        long smaller = Math.min(users, items);
        double products = users < items ? (double) Double.BYTES * users * items : 0;
        return (long) (SymmetricInverse.bytes(smaller) + products);
    }

    /**
     * Foretells how long forming the weights takes, from what this machine has just summed in a second: the inverse, the
     * pairs of interactions behind the Gramian, and, through users, the products with X. Histories of users and items are
     * taken to be as skewed as their longest one is to their mean.
     */
    static double seconds(SnapshotShape shape, int threads) {
        boolean throughUsers = shape.users() < shape.items();
        double size = Math.min(shape.users(), shape.items());
        double rows = Math.max(1, throughUsers ? shape.items() : shape.users());
        double longest = throughUsers ? shape.longestItemRow() : shape.longestUserRow();
        double pairs = shape.interactions() * Math.sqrt(shape.interactions() / rows * longest);
        double dense = Math.pow(size, 3) + (throughUsers ? (double) shape.interactions() * shape.items() : 0);
        double scattered = PAIR_COST * pairs
                + (throughUsers ? (double) shape.interactions() * shape.users() : 0)
                + (double) shape.items() * shape.items();
        return (dense / SumRates.inverted() + scattered / SumRates.scattered((int) Math.max(1, size))) / threads;
    }

    /** Writes B_ij = −P_ij / P_jj with an empty diagonal. */
    void weights(FloatMatrix target) {
        if (snapshot.userCount() < snapshot.itemCount()) {
            throughUsers(target);
        } else {
            throughItems(target);
        }
    }

    private void throughItems(FloatMatrix target) {
        double[][] p = invertedGramian(snapshot.byItem(), snapshot.byUser());
        double[] diagonal = new double[p.length];
        for (int item = 0; item < p.length; item++) {
            diagonal[item] = p[item][item];
        }
        forRows(p.length, () -> new double[p.length], (item, row) -> {
            System.arraycopy(p[item], 0, row, 0, item);
            for (int column = item + 1; column < p.length; column++) {
                row[column] = p[column][item];
            }
            write(target, item, row, diagonal);
        });
    }

    private void throughUsers(FloatMatrix target) {
        SparseRows byUser = snapshot.byUser();
        int items = snapshot.itemCount();
        double[][] m = invertedGramian(byUser, snapshot.byItem());
        double[][] mx = new double[m.length][items];
        forRows(m.length, () -> new Entries(byUser, options.rule()), (user, entries) -> {
            for (int other = 0; other < m.length; other++) {
                double factor = user >= other ? m[user][other] : m[other][user];
                entries.read(other);
                for (int i = 0; i < entries.size(); i++) {
                    mx[user][entries.column(i)] += factor * entries.value(i);
                }
            }
        });
        double[] diagonal = new double[items];
        forRows(items, () -> new Entries(snapshot.byItem(), options.rule()), (item, entries) -> {
            double sum = 0;
            entries.read(item);
            for (int i = 0; i < entries.size(); i++) {
                sum += entries.value(i) * mx[entries.column(i)][item];
            }
            diagonal[item] = (1 - sum) / options.regularization();
        });
        forRows(items, () -> new ItemRow(items), (item, row) -> {
            row.combine(snapshot.byItem(), options, item, mx);
            write(target, item, row.values, diagonal);
        });
    }

    /** Returns the lower triangle of (R·Rᵀ + λI)⁻¹ with one row of R a row of {@code rows}. */
    private double[][] invertedGramian(SparseRows rows, SparseRows columns) {
        double[][] gramian = SymmetricInverse.allocate(rows.rows());
        forRows(rows.rows(), () -> new Pair(rows, columns, options.rule()), (row, pair) -> {
            Entries own = pair.own.read(row);
            for (int i = 0; i < own.size(); i++) {
                Entries shared = pair.shared.read(own.column(i));
                for (int j = 0; j < shared.size() && shared.column(j) <= row; j++) {
                    gramian[row][shared.column(j)] += own.value(i) * shared.value(j);
                }
            }
            gramian[row][row] += options.regularization();
        });
        if (!SymmetricInverse.invert(gramian, pool, listener::checkCancelled)) {
            throw new TrainingFailedException("The Gramian of " + rows.rows()
                    + " rows is not positive definite in float64; raise '" + EaseOptions.REGULARIZATION + "' (it was "
                    + options.regularization() + "), or set '" + EaseOptions.WEIGHT + "' to '" + EaseOptions.COUNT
                    + "'");
        }
        return gramian;
    }

    private static void write(FloatMatrix target, int item, double[] row, double[] diagonal) {
        float[] weights = new float[row.length];
        for (int column = 0; column < weights.length; column++) {
            weights[column] = column == item ? 0f : (float) (-row[column] / diagonal[column]);
            if (!Float.isFinite(weights[column])) {
                throw new TrainingFailedException("The weight of item " + item + " for item " + column + " is "
                        + weights[column] + "; raise '" + EaseOptions.REGULARIZATION + "' or set '"
                        + EaseOptions.WEIGHT + "' to '" + EaseOptions.COUNT + "'");
            }
        }
        target.writeRow(item, weights, 0);
    }

    /** Runs {@code work} for each row, with one workspace a worker. */
    private <W> void forRows(int rows, Supplier<W> workspace, RowWork<W> work) {
        List<W> workspaces = new ArrayList<>();
        for (int worker = 0; worker < pool.threads(); worker++) {
            workspaces.add(workspace.get());
        }
        pool.run(Math.ceilDiv(rows, TASK_ROWS), (task, worker) -> {
            listener.checkCancelled();
            for (int row = task * TASK_ROWS; row < Math.min(rows, (task + 1) * TASK_ROWS); row++) {
                work.run(row, workspaces.get(worker));
            }
        });
    }

    /** What is done with one row. */
    private interface RowWork<W> {
        void run(int row, W workspace);
    }

    /** Rows of both orientations of X. */
    private static final class Pair {
        private final Entries own;
        private final Entries shared;

        Pair(SparseRows rows, SparseRows columns, CountingRule rule) {
            own = new Entries(rows, rule);
            shared = new Entries(columns, rule);
        }
    }

    /** One row of λP but for the identity, which the empty diagonal hides: −x_iᵀ·M·X. */
    private static final class ItemRow {
        private final double[] values;

        ItemRow(int items) {
            values = new double[items];
        }

        void combine(SparseRows byItem, EaseOptions options, int item, double[][] mx) {
            Arrays.fill(values, 0);
            Entries users = new Entries(byItem, options.rule()).read(item);
            for (int i = 0; i < users.size(); i++) {
                double factor = -users.value(i) / options.regularization();
                double[] row = mx[users.column(i)];
                for (int column = 0; column < values.length; column++) {
                    values[column] = Math.fma(factor, row[column], values[column]);
                }
            }
        }
    }
}
