package dev.latent.algorithms.wals;

/**
 * The exact minimum by the normal equations {@code A·x = b} and Cholesky's factorisation, or by {@link DualRow} when the
 * row is short.
 *
 * <p>At the solution a row's part of the objective is {@code Σ c·t² − ⟨b, x⟩}, so its error comes from what the solve has
 * at hand. It is taken in float64; b and x are float32, so of a nearly perfect fit about the last 10⁻⁶ of {@code Σ c·t²} is
 * noise.
 */
final class ExactRow implements RowSolver {

    private final int order;
    private final RowSystem system;
    private final DualRow dual;
    private double error;

    ExactRow(int order, Runnable cancellation) {
        this.order = order;
        system = new RowSystem(order, cancellation);
        dual = new DualRow(order);
    }

    @Override
    public boolean solve(LikedPairs pairs, FixedSide fixed, double penalty, float[] x) {
        if (dual.suits(pairs, fixed) && dual.solve(pairs, fixed, (float) penalty, x)) {
            error = dual.objective(pairs) - penalty * product(x, x);
            return true;
        }
        system.begin(fixed.roundedBase());
        system.add(pairs, fixed);
        if (!system.solve((float) penalty, x)) {
            return false;
        }
        error = pairs.squaredTargets() - product(x, system.rightHandSide()) - penalty * product(x, x);
        return true;
    }

    private double product(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < order; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    @Override
    public double error() {
        return error;
    }

    @Override
    public boolean countsUnobserved() {
        return true;
    }
}
