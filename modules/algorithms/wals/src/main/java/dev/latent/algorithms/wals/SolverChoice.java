package dev.latent.algorithms.wals;

import dev.latent.spi.Hyperparameters;
import dev.latent.spi.TrainingListener;
import java.util.List;
import java.util.Locale;

/**
 * How the rows are solved.
 *
 * @param kind exact, by blocks of coordinates, or by conjugate gradients
 * @param automatic whether the kind was chosen by the number of factors
 * @param blockSize coordinates of a block
 * @param steps of conjugate gradients
 */
record SolverChoice(Kind kind, boolean automatic, int blockSize, int steps) {

    static final String AUTO = "auto";
    static final String CHOLESKY = "cholesky";
    static final List<String> NAMES = List.of(AUTO, CHOLESKY, "block", "cg");

    /** The most factors that are solved exactly by default. */
    static final int MAXIMUM_EXACT = 64;

    /** A way to solve a row. */
    enum Kind {
        /** {@link ExactRow}. */
        CHOLESKY,
        /** {@link BlockRow}. */
        BLOCK,
        /** {@link ConjugateGradientRow}. */
        CG
    }

    /**
     * What a solve costs, in multiply-adds.
     *
     * @param ofInteraction for each of the row's interactions
     * @param ofRow beside them
     */
    record Work(double ofInteraction, double ofRow) {}

    static SolverChoice of(Hyperparameters values) {
        String name = values.choice(WalsOptions.SOLVER);
        boolean automatic = name.equals(AUTO);
        Kind kind = automatic
                ? chosen(values.int32(WalsOptions.FACTORS), values.flag(WalsOptions.NON_NEGATIVE))
                : Kind.valueOf(name.toUpperCase(Locale.ROOT));
        return new SolverChoice(
                kind, automatic, values.int32(WalsOptions.BLOCK_SIZE), values.int32(WalsOptions.CG_STEPS));
    }

    private static Kind chosen(int factors, boolean nonNegative) {
        return factors <= MAXIMUM_EXACT || nonNegative ? Kind.CHOLESKY : Kind.CG;
    }

    /** Tells what was chosen and why. */
    void log(int factors, TrainingListener listener) {
        if (automatic && factors > MAXIMUM_EXACT && kind == Kind.CHOLESKY) {
            listener.log("%s: %s chosen, since %s needs it"
                    .formatted(WalsOptions.SOLVER, CHOLESKY, WalsOptions.NON_NEGATIVE));
        } else if (automatic) {
            listener.log("%s: %s chosen, since %d factors are %s %d"
                    .formatted(
                            WalsOptions.SOLVER,
                            kind.name().toLowerCase(Locale.ROOT),
                            factors,
                            factors <= MAXIMUM_EXACT ? "at most" : "more than",
                            MAXIMUM_EXACT));
        }
    }

    Work work(int order) {
        double square = (double) order * order;
        return switch (kind) {
            case CHOLESKY -> new Work(square / 2, square * order / 2);
            case BLOCK -> {
                double width = Math.min(order, blockSize);
                yield new Work(order * (width / 2 + 4), order * width * width / 2 + square);
            }
            case CG -> new Work(4.0 * order * (steps + 1), square * (steps + 1));
        };
    }
}
