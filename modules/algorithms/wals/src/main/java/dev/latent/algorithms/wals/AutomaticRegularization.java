package dev.latent.algorithms.wals;

import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;

/**
 * The λ that is taken when none is given: a default found at ν = 1, carried over to the run's ν so that the penalties of
 * all rows keep their sum (λ* of Rendle et al. 2022):
 *
 * <pre>
 *   λ = λ*·( Σ_i #_i + Σ_u #_u ) / ( Σ_i #_i^ν + Σ_u #_u^ν )
 * </pre>
 *
 * <p>The two defaults differ since # counts unobserved pairs as well in implicit feedback.
 */
final class AutomaticRegularization {

    static final double IMPLICIT = 0.01;
    static final double EXPLICIT = 0.13;

    private AutomaticRegularization() {}

    /** Returns λ for an objective whose own is 0. */
    static double of(Objective objective, Snapshot snapshot) {
        double lambda = objective.explicit() ? EXPLICIT : IMPLICIT;
        Objective unit = objective.withRegularization(1);
        double powers = sum(unit, snapshot.byUser()) + sum(unit, snapshot.byItem());
        Objective proportional = unit.withExponent(1);
        double frequencies = sum(proportional, snapshot.byUser()) + sum(proportional, snapshot.byItem());
        return powers > 0 && frequencies > 0 ? lambda * frequencies / powers : lambda;
    }

    private static double sum(Objective objective, SparseRows interactions) {
        double sum = 0;
        for (int row = 0; row < interactions.rows(); row++) {
            int length = interactions.length(row);
            sum += length == 0 ? 0 : objective.penalty(length, interactions.columns());
        }
        return sum;
    }
}
