package dev.latent.evaluation;

import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FoldIn;
import dev.latent.spi.History;
import java.util.Optional;

/**
 * Finds the vector of a user from a history against fixed item vectors, as the model's {@link FoldIn} says, without any
 * code of the plugin. What depends on the items alone is computed once. Immutable and thread-safe; valid as long as the
 * memory of the model.
 */
public final class FoldInSolver {

    private final Law law;
    private final boolean readsTimes;

    /** A solver for one kind of law. */
    @FunctionalInterface
    interface Law {
        Optional<FoldedUser> solve(History history);
    }

    private FoldInSolver(Law law, boolean readsTimes) {
        this.law = law;
        this.readsTimes = readsTimes;
    }

    /**
     * Prepares fold-in into a model.
     *
     * @param model gives item vectors, item biases, offset and law
     * @return a solver; for {@link FoldIn.None} one that never finds a vector
     */
    public static FoldInSolver of(EmbeddingModel model) {
        return new FoldInSolver(
                switch (model.foldIn()) {
                    case FoldIn.None _ -> _ -> Optional.empty();
                    case FoldIn.Ridge ridge -> new RidgeFoldIn(model, ridge);
                    case FoldIn.WeightedRidge weighted -> new RidgeFoldIn(model, weighted);
                    case FoldIn.Gradient gradient -> new GradientFoldIn(model, gradient);
                },
                readsTimes(model.foldIn()));
    }

    private static boolean readsTimes(FoldIn law) {
        return switch (law) {
            case FoldIn.WeightedRidge weighted -> weighted.recencyHalfLife() > 0;
            case FoldIn.Gradient gradient -> gradient.recencyHalfLife() > 0;
            case FoldIn.None _, FoldIn.Ridge _ -> false;
        };
    }

    /** Whether the times of a history make a difference to the vector; without, they need not be given. */
    public boolean readsTimes() {
        return readsTimes;
    }

    /**
     * Solves one user.
     *
     * @param history items of the model; the order does not matter for the ridge law
     * @return empty when there is no law, when no interaction of the history counts as liked, or when the system has no
     *     unique finite solution (no regularization and fewer items than factors)
     * @throws IndexOutOfBoundsException when an item number is not one of the model's
     */
    public Optional<FoldedUser> solve(History history) {
        return law.solve(history);
    }
}
