package dev.latent.algorithms.wals;

import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Scale;
import java.util.List;

/**
 * What a tuner should try: for implicit feedback α0, λ and the number of factors over the grid of Rendle, Krichene, Zhang,
 * Koren (Revisiting the Performance of iALS on Item Recommendation Benchmarks, RecSys 2022, section 4), read as ranges. With
 * {@code regularization_exponent=0}, which is better on sets of short histories, λ is searched where a plain one belongs.
 */
final class WalsSearch {

    /** About what is chosen automatically. */
    private static final double STAND_IN = 0.007;

    private static final List<Hyperparameter> IMPLICIT = List.of(
            factors("64", List.of("16", "32", "64", "128", "256")),
            real(WalsOptions.REGULARIZATION, STAND_IN, 0.0003, 0.1, Scale.LOG),
            real(WalsOptions.UNOBSERVED_WEIGHT, 0.1, 0.003, 1, Scale.LOG));

    /** A plain λ is of another size: it is not multiplied by a row's number of interactions. */
    private static final List<Hyperparameter> IMPLICIT_PLAIN = List.of(
            factors("128", List.of("32", "64", "128", "256")),
            real(WalsOptions.REGULARIZATION, 10, 1, 100, Scale.LOG),
            real(WalsOptions.UNOBSERVED_WEIGHT, 0.3, 0.003, 10, Scale.LOG));

    private static final List<Hyperparameter> EXPLICIT = List.of(
            factors("32", List.of("8", "16", "32", "64", "128")),
            real(WalsOptions.REGULARIZATION, AutomaticRegularization.EXPLICIT, 0.01, 1, Scale.LOG),
            real(WalsOptions.EXPONENT, 1, 0, 1, Scale.LINEAR));

    private WalsSearch() {}

    static List<Hyperparameter> space(boolean explicit, double exponent) {
        return explicit ? EXPLICIT : exponent < 0.5 ? IMPLICIT_PLAIN : IMPLICIT;
    }

    private static Hyperparameter factors(String standIn, List<String> values) {
        return new Hyperparameter.OfChoice(WalsOptions.FACTORS, "Lengths worth trying.", standIn, values);
    }

    private static Hyperparameter real(String name, double standIn, double low, double high, Scale scale) {
        return new Hyperparameter.OfReal(name, "Values worth trying.", standIn, low, high, scale);
    }
}
