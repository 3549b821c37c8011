package dev.latent.cli.models;

import dev.latent.cli.session.CommandException;
import dev.latent.cli.session.ExitCode;
import dev.latent.v1.RidgeFoldIn;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How users without a vector get one. */
final class FoldInOptions {

    @Option(
            names = "--fold-in",
            paramLabel = "none|ridge",
            description = "How users without a vector get one: not at all, or by ridge regression of their"
                    + " interactions, as implicit ALS does (default: none).")
    private String law = "none";

    @Option(
            names = "--unobserved-weight",
            paramLabel = "X",
            description = "ridge: weight of each item without an interaction (default: 1).")
    private @Nullable Double unobservedWeight;

    @Option(
            names = "--regularization",
            paramLabel = "X",
            description = "ridge: weight of the vector's squared length (default: 0.01).")
    private @Nullable Double regularization;

    @Option(
            names = "--alpha",
            paramLabel = "X",
            description = "ridge: an interaction weighs 1 + X times its value (default: 1).")
    private @Nullable Double alpha;

    Optional<RidgeFoldIn> ridge() {
        boolean tuned = unobservedWeight != null || regularization != null || alpha != null;
        return switch (law) {
            case "ridge" ->
                Optional.of(RidgeFoldIn.newBuilder()
                        .setUnobservedWeight(valueOr(unobservedWeight, 1))
                        .setRegularization(valueOr(regularization, 0.01))
                        .setAlpha(valueOr(alpha, 1))
                        .build());
            case "none" -> {
                if (tuned) {
                    throw new CommandException(
                            ExitCode.USAGE,
                            "--unobserved-weight, --regularization and --alpha belong to --fold-in ridge; add it or"
                                    + " leave them out");
                }
                yield Optional.empty();
            }
            default -> throw new CommandException(ExitCode.USAGE, "--fold-in is '" + law + "', expected none or ridge");
        };
    }

    private static double valueOr(@Nullable Double given, double otherwise) {
        return given == null ? otherwise : given;
    }
}
