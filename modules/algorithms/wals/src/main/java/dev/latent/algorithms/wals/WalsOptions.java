package dev.latent.algorithms.wals;

import dev.latent.math.WorkerPool;
import dev.latent.spi.Confidence;
import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.InvalidHyperparametersException;
import dev.latent.spi.Scale;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SnapshotShape;
import dev.latent.spi.TrainingContext;
import dev.latent.spi.TrainingFailedException;
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
 * @param regularizationScale of the λ that is chosen when none is given
 */
record WalsOptions(
        int factors,
        int iterations,
        double initialDeviation,
        Objective objective,
        SolverChoice solver,
        double regularizationScale) {

    static final String FACTORS = "factors";
    static final String ITERATIONS = "iterations";
    static final String REGULARIZATION = "regularization";
    static final String REGULARIZATION_SCALE = "regularization_scale";
    static final String UNOBSERVED_WEIGHT = "unobserved_weight";
    static final String EXPONENT = "regularization_exponent";
    static final String ALPHA = "alpha";
    static final String MINIMUM_VALUE = "minimum_value";
    static final String FEEDBACK = "feedback";
    static final String INITIAL_DEVIATION = "initial_deviation";
    static final String CONFIDENCE = "confidence";
    static final String CONFIDENCE_SCALE = "confidence_scale";
    static final String USER_WEIGHT_EXPONENT = "user_weight_exponent";
    static final String ITEM_WEIGHT_EXPONENT = "item_weight_exponent";
    static final String ITEM_NORMALIZATION = "item_normalization";
    static final String RECENCY_HALF_LIFE = "recency_half_life";
    static final String NON_NEGATIVE = "non_negative";
    static final String SOLVER = "solver";
    static final String BLOCK_SIZE = "block_size";
    static final String CG_STEPS = "cg_steps";

    static final String IMPLICIT = "implicit";
    static final String EXPLICIT = "explicit";
    static final String LINEAR = "linear";
    static final String LOGARITHMIC = "logarithmic";

    /** The largest λ that is accepted. */
    static final double STRONGEST = 1000;

    private static final double DEFAULT_REGULARIZATION_SCALE = 1;
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
                            + " chooses it: by the largest singular value of the data for implicit feedback, "
                            + AutomaticRegularization.EXPLICIT + " for explicit feedback at " + EXPONENT
                            + " 1, carried over to other exponents. The log says what was chosen.",
                    0,
                    0,
                    STRONGEST,
                    Scale.LOG),
            new Hyperparameter.OfReal(
                    REGULARIZATION_SCALE,
                    "Multiplies the λ that " + REGULARIZATION
                            + "=0 chooses: the same value means alike on other data, at"
                            + " other exponents and weights. With a λ that is given only 1 is accepted.",
                    DEFAULT_REGULARIZATION_SCALE,
                    1e-3,
                    1e3,
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
                    "An interaction weighs 1 + alpha·value, or as " + CONFIDENCE
                            + " says. 0 takes all alike; try 1 when" + " values are counts.",
                    0,
                    0,
                    1000,
                    Scale.LOG),
            new Hyperparameter.OfChoice(
                    CONFIDENCE,
                    "linear: an interaction weighs 1 + alpha·value. logarithmic: 1 + alpha·ln(1 + value/"
                            + CONFIDENCE_SCALE + "), for values that span magnitudes.",
                    LINEAR,
                    List.of(LINEAR, LOGARITHMIC)),
            new Hyperparameter.OfReal(
                    CONFIDENCE_SCALE,
                    "The value from which on the weight of confidence=logarithmic grows slowly.",
                    1,
                    1e-8,
                    1_000_000,
                    Scale.LOG),
            new Hyperparameter.OfReal(
                    USER_WEIGHT_EXPONENT,
                    "An interaction's weight is multiplied by (interactions of the user / their mean)^-exponent. Above 0 very"
                            + " active users count less; 0 takes all users alike.",
                    0,
                    -2,
                    2,
                    Scale.LINEAR),
            new Hyperparameter.OfReal(
                    ITEM_WEIGHT_EXPONENT,
                    "An interaction's weight is multiplied by (interactions of the item / their mean)^-exponent. Above 0"
                            + " popular items count less; 0 takes all items alike.",
                    0,
                    -2,
                    2,
                    Scale.LINEAR),
            new Hyperparameter.OfReal(
                    ITEM_NORMALIZATION,
                    "All of an item's part in the objective, pairs without an interaction included, is multiplied by"
                            + " (interactions of the item / their mean)^-exponent: 0 takes items as they are, 1 lets all count"
                            + " alike. Try 0.5 to 1 with many factors where few items have most of the interactions. Implicit"
                            + " feedback, and not beside " + ITEM_WEIGHT_EXPONENT + ".",
                    0,
                    0,
                    2,
                    Scale.LINEAR),
            new Hyperparameter.OfReal(
                    RECENCY_HALF_LIFE,
                    "Lets a user's vector follow the latest interactions: one weighs half when so many of the user's"
                            + " interactions are later. Items are learnt from all alike. 0 weighs all alike; try 2 where the next"
                            + " interaction is to be foreseen and times are known.",
                    0,
                    0,
                    1_000_000,
                    Scale.LOG),
            new Hyperparameter.OfFlag(
                    NON_NEGATIVE,
                    "Whether factors must not be negative, so that each can be read as a topic. Slower, and only with "
                            + SOLVER + " auto or cholesky.",
                    false),
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
        checkTogether(values, explicit);
        Objective objective = new Objective(
                explicit,
                explicit ? 0 : values.real(UNOBSERVED_WEIGHT),
                values.real(REGULARIZATION),
                values.real(EXPONENT),
                confidence(values),
                explicit ? Double.NEGATIVE_INFINITY : values.real(MINIMUM_VALUE),
                new PairWeights(
                        values.real(USER_WEIGHT_EXPONENT),
                        values.real(ITEM_WEIGHT_EXPONENT),
                        values.real(ITEM_NORMALIZATION),
                        values.real(RECENCY_HALF_LIFE),
                        values.flag(NON_NEGATIVE)));
        return new WalsOptions(
                values.int32(FACTORS),
                values.int32(ITERATIONS),
                values.real(INITIAL_DEVIATION),
                objective,
                SolverChoice.of(values),
                values.real(REGULARIZATION_SCALE));
    }

    private static Confidence confidence(Hyperparameters values) {
        double alpha = values.real(ALPHA);
        return values.choice(CONFIDENCE).equals(LINEAR)
                ? new Confidence.Linear(alpha)
                : new Confidence.Logarithmic(alpha, values.real(CONFIDENCE_SCALE));
    }

    /** Refuses a run that does not fit its memory, with the figures. */
    void checkMemory(TrainingContext context) {
        Snapshot snapshot = context.snapshot();
        MemoryNeed need = MemoryNeed.of(SnapshotShape.of(snapshot), this, context.threads());
        if (need.total() > context.memoryBudget()) {
            throw new TrainingFailedException(("%d users and %d items with %d factors need %.0f MiB on %d threads,"
                            + " the run may use %.0f MiB; lower '%s'")
                    .formatted(
                            snapshot.userCount(),
                            snapshot.itemCount(),
                            factors,
                            (double) need.total() / (1 << 20),
                            context.threads(),
                            (double) context.memoryBudget() / (1 << 20),
                            FACTORS));
        }
    }

    /** Makes one worker's solver for rows of at most {@code capacity} interactions. */
    RowSolver rowSolver(int capacity, Runnable cancellation) {
        int order = objective.order(factors);
        boolean hasBase = objective.unobservedWeight() > 0;
        return switch (solver.kind()) {
            case CHOLESKY ->
                objective.pairWeights().nonNegative()
                        ? new NonNegativeRow(order, factors, cancellation)
                        : new ExactRow(order, cancellation);
            case BLOCK -> new BlockRow(order, solver.blockSize(), hasBase, capacity, cancellation);
            case CG -> new ConjugateGradientRow(order, solver.steps(), hasBase, capacity);
        };
    }

    /**
     * Whether vectors may and should be turned into the axes of their Gramian: for exact solves of short rows, when there is
     * a Gramian, and not when signs matter.
     */
    boolean turns() {
        return solver.kind() == SolverChoice.Kind.CHOLESKY
                && objective.unobservedWeight() > 0
                && !objective.pairWeights().nonNegative();
    }

    /** Replaces a regularization of 0 by the chosen one. */
    WalsOptions completedFor(Snapshot snapshot, WorkerPool pool, TrainingListener listener) {
        solver.log(factors, listener);
        if (objective.regularization() > 0) {
            return this;
        }
        double chosen = regularizationScale * AutomaticRegularization.of(objective, snapshot, pool);
        listener.log("%s: %.4g chosen".formatted(REGULARIZATION, chosen));
        return withRegularization(chosen);
    }

    WalsOptions withRegularization(double value) {
        return new WalsOptions(
                factors,
                iterations,
                initialDeviation,
                objective.withRegularization(value),
                solver,
                regularizationScale);
    }

    static boolean isExplicit(Hyperparameters values) {
        return values.choice(FEEDBACK).equals(EXPLICIT);
    }

    private static void checkTogether(Hyperparameters values, boolean explicit) {
        List<InvalidHyperparametersException.Violation> violations = new ArrayList<>();
        if (explicit) {
            addExplicit(values, violations);
        }
        double scale = values.real(REGULARIZATION_SCALE);
        if (values.real(REGULARIZATION) > 0 && scale != DEFAULT_REGULARIZATION_SCALE) {
            violations.add(new InvalidHyperparametersException.Violation(
                    REGULARIZATION_SCALE,
                    String.format(
                            Locale.ROOT,
                            "%s multiplies a chosen λ, and %s gives one; leave out either",
                            Double.toString(scale),
                            REGULARIZATION)));
        }
        double normalization = values.real(ITEM_NORMALIZATION);
        double exponent = values.real(ITEM_WEIGHT_EXPONENT);
        if (normalization != 0 && exponent != 0) {
            violations.add(new InvalidHyperparametersException.Violation(
                    ITEM_NORMALIZATION,
                    String.format(
                            Locale.ROOT,
                            "%s weighs items in all pairs and %s=%s in liked ones; leave out either",
                            Double.toString(normalization),
                            ITEM_WEIGHT_EXPONENT,
                            Double.toString(exponent))));
        }
        String solver = values.choice(SOLVER);
        if (values.flag(NON_NEGATIVE) && !solver.equals(SolverChoice.AUTO) && !solver.equals(SolverChoice.CHOLESKY)) {
            violations.add(new InvalidHyperparametersException.Violation(
                    NON_NEGATIVE, "true needs solver=auto or solver=cholesky, got solver=" + solver));
        }
        if (!violations.isEmpty()) {
            throw new InvalidHyperparametersException(violations);
        }
    }

    /** Values arrive complete, so a default cannot be told from an equal value that was given: it is let pass. */
    private static void addExplicit(
            Hyperparameters values, List<InvalidHyperparametersException.Violation> violations) {
        double weight = values.real(UNOBSERVED_WEIGHT);
        if (weight != 0 && weight != DEFAULT_UNOBSERVED_WEIGHT) {
            violations.add(refused(UNOBSERVED_WEIGHT, weight, "leave it out, set it to 0, or use feedback=implicit"));
        }
        double normalization = values.real(ITEM_NORMALIZATION);
        if (normalization != 0) {
            violations.add(refused(ITEM_NORMALIZATION, normalization, "leave it out, or use feedback=implicit"));
        }
        double minimum = values.real(MINIMUM_VALUE);
        if (minimum != DEFAULT_MINIMUM_VALUE) {
            violations.add(refused(MINIMUM_VALUE, minimum, "leave it out, or use feedback=implicit"));
        }
    }

    private static InvalidHyperparametersException.Violation refused(String name, double value, String nextStep) {
        return new InvalidHyperparametersException.Violation(
                name,
                String.format(
                        Locale.ROOT, "%s has no meaning with feedback=explicit; %s", Double.toString(value), nextStep));
    }
}
