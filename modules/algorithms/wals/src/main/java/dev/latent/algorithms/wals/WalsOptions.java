package dev.latent.algorithms.wals;

import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.InvalidHyperparametersException;
import dev.latent.spi.Scale;
import dev.latent.spi.Snapshot;
import dev.latent.spi.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The declared hyperparameters, and their values in typed form.
 *
 * @param factors length of a vector
 * @param iterations sweeps over items and users
 * @param initialDeviation σ*: vectors start as N(0, (σ*)²/factors)
 * @param objective what is minimised
 * @param solver how
 */
record WalsOptions(int factors, int iterations, double initialDeviation, Objective objective, SolverChoice solver) {

    static final String FACTORS = "factors";
    static final String ITERATIONS = "iterations";
    static final String REGULARIZATION = "regularization";
    static final String UNOBSERVED_WEIGHT = "unobserved_weight";
    static final String EXPONENT = "regularization_exponent";
    static final String ALPHA = "alpha";
    static final String MINIMUM_VALUE = "minimum_value";
    static final String FEEDBACK = "feedback";
    static final String INITIAL_DEVIATION = "initial_deviation";
    static final String SOLVER = "solver";
    static final String BLOCK_SIZE = "block_size";
    static final String CG_STEPS = "cg_steps";

    static final String IMPLICIT = "implicit";
    static final String EXPLICIT = "explicit";

    private static final double DEFAULT_UNOBSERVED_WEIGHT = 0.1;
    private static final double DEFAULT_MINIMUM_VALUE = 0;

    static final List<Hyperparameter> DECLARED = List.of(
            new Hyperparameter.OfInteger(
                    FACTORS,
                    "Length of the user and item vectors. More factors fit finer tastes and cost quadratically more time.",
                    64,
                    1,
                    2048,
                    Scale.LOG),
            new Hyperparameter.OfInteger(
                    ITERATIONS,
                    "Sweeps over items and users. 8 are enough to compare settings, 16 to finish.",
                    16,
                    1,
                    1000,
                    Scale.LOG),
            new Hyperparameter.OfReal(
                    REGULARIZATION,
                    "λ, the weight of the squared vectors. Raise it when the holdout gets worse while the loss falls. 0"
                            + " chooses it: " + AutomaticRegularization.IMPLICIT + " for implicit and "
                            + AutomaticRegularization.EXPLICIT + " for explicit feedback at " + EXPONENT
                            + " 1, carried over to other exponents.",
                    0,
                    0,
                    1000,
                    Scale.LOG),
            new Hyperparameter.OfReal(
                    UNOBSERVED_WEIGHT,
                    "α0, the pull of every pair's score towards 0 in implicit feedback. Raise it when popular items crowd"
                            + " out the rest, lower it for large catalogues. Explicit feedback takes it as 0 and refuses any"
                            + " value but 0 and the default.",
                    DEFAULT_UNOBSERVED_WEIGHT,
                    0,
                    100,
                    Scale.LOG),
            new Hyperparameter.OfReal(
                    EXPONENT,
                    "ν, how the regularization grows with the number of a row's interactions: 0 alike for all rows,"
                            + " 1 in proportion.",
                    1,
                    0,
                    2,
                    Scale.LINEAR),
            new Hyperparameter.OfReal(
                    ALPHA,
                    "An interaction weighs 1 + alpha·value. 0 takes all alike; try 1 when values are counts.",
                    0,
                    0,
                    1000,
                    Scale.LOG),
            new Hyperparameter.OfReal(
                    MINIMUM_VALUE,
                    "Implicit feedback: an interaction of a smaller value was seen but not liked and is left out of the"
                            + " training, for example 3.5 for ratings of 1 to 5. Explicit feedback takes every value and"
                            + " refuses any other than the default.",
                    DEFAULT_MINIMUM_VALUE,
                    -1_000_000,
                    1_000_000,
                    Scale.LINEAR),
            new Hyperparameter.OfChoice(
                    FEEDBACK,
                    "implicit: an interaction is a sign of liking, scores rank items. explicit: values are ratings, scores"
                            + " predict them.",
                    IMPLICIT,
                    List.of(IMPLICIT, EXPLICIT)),
            new Hyperparameter.OfReal(
                    INITIAL_DEVIATION,
                    "Standard deviation of a starting vector's length; the vectors' elements have it divided by √factors.",
                    0.1,
                    1e-6,
                    100,
                    Scale.LOG),
            new Hyperparameter.OfChoice(
                    SOLVER,
                    "How a row is solved. cholesky: exactly. block: by blocks of coordinates, for many factors (iALS++)."
                            + " cg: by a few steps of conjugate gradients from the row's last vector. auto chooses by the"
                            + " number of factors and logs what it took.",
                    SolverChoice.AUTO,
                    SolverChoice.NAMES),
            new Hyperparameter.OfInteger(
                    BLOCK_SIZE,
                    "Coordinates that solver=block solves at a time. Larger blocks need fewer sweeps and cost more time each.",
                    64,
                    1,
                    2048,
                    Scale.LOG),
            new Hyperparameter.OfInteger(
                    CG_STEPS,
                    "Steps that solver=cg takes for a row. More steps need fewer sweeps and cost more time each.",
                    3,
                    1,
                    100,
                    Scale.LOG));

    /**
     * Reads the values.
     *
     * @throws InvalidHyperparametersException when explicit feedback is combined with a setting of implicit feedback
     */
    static WalsOptions of(Hyperparameters values) {
        boolean explicit = isExplicit(values);
        if (explicit) {
            checkExplicit(values);
        }
        Objective objective = new Objective(
                explicit,
                explicit ? 0 : values.real(UNOBSERVED_WEIGHT),
                values.real(REGULARIZATION),
                values.real(EXPONENT),
                values.real(ALPHA),
                explicit ? Double.NEGATIVE_INFINITY : values.real(MINIMUM_VALUE));
        return new WalsOptions(
                values.int32(FACTORS),
                values.int32(ITERATIONS),
                values.real(INITIAL_DEVIATION),
                objective,
                SolverChoice.of(values));
    }

    /** Replaces a regularization of 0 by the chosen one. */
    WalsOptions completedFor(Snapshot snapshot, TrainingListener listener) {
        solver.log(factors, listener);
        if (objective.regularization() > 0) {
            return this;
        }
        double chosen = AutomaticRegularization.of(objective, snapshot);
        listener.log("%s: %.4g chosen".formatted(REGULARIZATION, chosen));
        return new WalsOptions(factors, iterations, initialDeviation, objective.withRegularization(chosen), solver);
    }

    static boolean isExplicit(Hyperparameters values) {
        return values.choice(FEEDBACK).equals(EXPLICIT);
    }

    /** Values arrive complete, so a default cannot be told from an equal value that was given: it is let pass. */
    private static void checkExplicit(Hyperparameters values) {
        List<InvalidHyperparametersException.Violation> violations = new ArrayList<>();
        double weight = values.real(UNOBSERVED_WEIGHT);
        if (weight != 0 && weight != DEFAULT_UNOBSERVED_WEIGHT) {
            violations.add(refused(UNOBSERVED_WEIGHT, weight, "leave it out, set it to 0, or use feedback=implicit"));
        }
        double minimum = values.real(MINIMUM_VALUE);
        if (minimum != DEFAULT_MINIMUM_VALUE) {
            violations.add(refused(MINIMUM_VALUE, minimum, "leave it out, or use feedback=implicit"));
        }
        if (!violations.isEmpty()) {
            throw new InvalidHyperparametersException(violations);
        }
    }

    private static InvalidHyperparametersException.Violation refused(String name, double value, String nextStep) {
        return new InvalidHyperparametersException.Violation(
                name,
                String.format(
                        Locale.ROOT, "%s has no meaning with feedback=explicit; %s", Double.toString(value), nextStep));
    }
}
