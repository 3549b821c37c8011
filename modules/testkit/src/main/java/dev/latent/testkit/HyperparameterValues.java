package dev.latent.testkit;

import dev.latent.spi.Hyperparameter;
import java.math.BigInteger;
import java.util.List;

/** Texts that a declaration has to refuse, and the outermost that it accepts. */
final class HyperparameterValues {

    private HyperparameterValues() {}

    static List<String> refused(Hyperparameter declaration) {
        return switch (declaration) {
            case Hyperparameter.OfInteger integer ->
                List.of(
                        BigInteger.valueOf(integer.minimum())
                                .subtract(BigInteger.ONE)
                                .toString(),
                        BigInteger.valueOf(integer.maximum())
                                .add(BigInteger.ONE)
                                .toString(),
                        "1.5",
                        "NaN",
                        "many",
                        "");
            case Hyperparameter.OfReal real ->
                List.of(
                        Double.toString(Math.nextDown(real.minimum())),
                        Double.toString(Math.nextUp(real.maximum())),
                        Double.toString(real.minimum() - step(real.minimum())),
                        Double.toString(real.maximum() + step(real.maximum())),
                        "NaN",
                        "Infinity",
                        "much",
                        "");
            case Hyperparameter.OfChoice choice -> List.of("no-such-choice", "");
            case Hyperparameter.OfFlag flag -> List.of("yes", "TRUE", "1", "");
        };
    }

    /**
     * The ends of the range; not the upper end of integers, which are sizes and counts and may be meant for machines and
     * patience of another order.
     */
    static List<String> extremes(Hyperparameter declaration) {
        return switch (declaration) {
            case Hyperparameter.OfInteger integer -> List.of(Long.toString(integer.minimum()));
            case Hyperparameter.OfReal real ->
                List.of(Double.toString(real.minimum()), Double.toString(real.maximum()));
            case Hyperparameter.OfChoice choice -> choice.choices();
            case Hyperparameter.OfFlag flag -> List.of("true", "false");
        };
    }

    private static double step(double value) {
        return Math.max(1, Math.ulp(value));
    }
}
