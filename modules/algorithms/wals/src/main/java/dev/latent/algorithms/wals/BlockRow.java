package dev.latent.algorithms.wals;

import dev.latent.math.Cholesky;
import dev.latent.math.GatheredRows;
import dev.latent.math.Kernels;
import java.util.Arrays;

/**
 * One pass of exact Newton steps over blocks of coordinates from the row's present vector (Rendle, Krichene, Zhang, Koren,
 * "iALS++: speeding up matrix factorization with subspace optimization", arXiv 2110.14044, 2021). For a block π:
 *
 * <pre>
 *   A = α0·G_ππ + penalty·I + Σ g_π·g_πᵀ        r = Σ e·g_π − α0·G_{π,:}·x − penalty·x_π
 *   x_π += A⁻¹·r        e −= ⟨g_π, A⁻¹·r⟩        e = root·t − ⟨g, x⟩
 * </pre>
 *
 * <p>All blocks of a row follow one another, so the cached errors e live as long as the row and no array of the size of
 * the data is held. {@code Σ e²} is the observed part of the loss.
 */
final class BlockRow implements RowSolver {

    private final int order;
    private final boolean hasBase;
    private final Runnable cancellation;
    private final RowCache rows;
    private final float[] errors;
    private final float[] products;
    private final float[] system;
    private final float[] step;
    private final float[] scratch;
    private double error;

    BlockRow(int order, int blockSize, boolean hasBase, int capacity, Runnable cancellation) {
        this.order = order;
        this.hasBase = hasBase;
        this.cancellation = cancellation;
        rows = new RowCache(order, blockSize, capacity);
        errors = new float[capacity];
        products = new float[capacity];
        int widest = rows.width(rows.panels() - 1);
        widest = Math.max(widest, rows.width(0));
        system = new float[widest * widest];
        step = new float[widest];
        scratch = new float[Cholesky.scratchLength(widest)];
    }

    @Override
    public boolean solve(LikedPairs pairs, FixedSide fixed, double penalty, float[] x) {
        rows.begin(pairs, fixed);
        start(pairs, fixed, x);
        for (int block = 0; block < rows.panels(); block++) {
            if (!improve(pairs, fixed, (float) penalty, x, block)) {
                return false;
            }
        }
        error = 0;
        for (int i = 0; i < pairs.count(); i++) {
            error += (double) errors[i] * errors[i];
        }
        return true;
    }

    /** The errors at x. */
    private void start(LikedPairs pairs, FixedSide fixed, float[] x) {
        int count = pairs.count();
        Arrays.fill(products, 0, count, 0f);
        if (!isZero(x)) {
            for (int block = 0; block < rows.panels(); block++) {
                rows.addProducts(pairs, fixed, block, x, rows.start(block), products);
            }
        }
        for (int i = 0; i < count; i++) {
            errors[i] = pairs.targets()[i] - products[i];
        }
    }

    private boolean isZero(float[] x) {
        for (int i = 0; i < order; i++) {
            if (x[i] != 0f) {
                return false;
            }
        }
        return true;
    }

    private boolean improve(LikedPairs pairs, FixedSide fixed, float penalty, float[] x, int block) {
        int start = rows.start(block);
        int width = rows.width(block);
        begin(fixed, penalty, x, start, width);
        int pieceRows = rows.pieceRows(block);
        for (int first = 0; first < pairs.count(); first += pieceRows) {
            int count = Math.min(pieceRows, pairs.count() - first);
            int offset = rows.piece(pairs, fixed, block, first, count);
            Kernels.gramianAdd(rows.floats(), offset, count, width, system);
            GatheredRows.addCombination(rows.floats(), offset, count, width, width, errors, first, step, 0);
        }
        if (!Cholesky.solve(system, width, step, scratch)) {
            return false;
        }
        for (int i = 0; i < width; i++) {
            x[start + i] += step[i];
        }
        Arrays.fill(products, 0, pairs.count(), 0f);
        rows.addProducts(pairs, fixed, block, step, 0, products);
        Kernels.axpy(-1f, products, 0, errors, 0, pairs.count());
        cancellation.run();
        return true;
    }

    /** System and right-hand side before the liked pairs are added. */
    private void begin(FixedSide fixed, float penalty, float[] x, int start, int width) {
        float[] base = fixed.roundedBase();
        Arrays.fill(step, 0, width, 0f);
        if (hasBase) {
            for (int i = 0; i < width; i++) {
                System.arraycopy(base, (start + i) * order + start, system, i * width, width);
            }
            GatheredRows.addCombination(base, start, order, order, width, x, 0, step, 0);
        } else {
            Arrays.fill(system, 0, width * width, 0f);
        }
        for (int i = 0; i < width; i++) {
            system[i * width + i] += penalty;
            step[i] = -step[i] - penalty * x[start + i];
        }
    }

    @Override
    public double error() {
        return error;
    }

    @Override
    public boolean countsUnobserved() {
        return false;
    }
}
