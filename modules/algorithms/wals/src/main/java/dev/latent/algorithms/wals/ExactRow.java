package dev.latent.algorithms.wals;

/**
 * The exact minimum by the normal equations {@code A·x = b} and Cholesky's factorisation.
 *
 * <p>At the solution a row's part of the objective is {@code Σ c·t² − ⟨b, x⟩}, so its error comes from what the solve has
 * at hand. It is taken in float64; b and x are float32, so of a nearly perfect fit about the last 10⁻⁶ of {@code Σ c·t²} is
 * noise.
 */
final class ExactRow implements RowSolver {

    private final int order;
    private final RowSystem system;
    private double error;

    ExactRow(int order, Runnable cancellation) {
        this.order = order;
        system = new RowSystem(order, cancellation);
    }

    @Override
    public boolean solve(LikedPairs pairs, FixedSide fixed, double penalty, float[] x) {
        system.begin(fixed.roundedBase());
        system.add(pairs, fixed);
        if (!system.solve((float) penalty, x)) {
            return false;
        }
        double explained = 0;
        double squaredNorm = 0;
        for (int i = 0; i < order; i++) {
            explained += (double) x[i] * system.rightHandSide()[i];
            squaredNorm += (double) x[i] * x[i];
        }
        error = pairs.squaredTargets() - explained - penalty * squaredNorm;
        return true;
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
