package dev.latent.algorithms.sgd;

import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Scale;
import java.util.List;

/** What a tuner should try; the number of epochs is not among it, since steps and their number make up for each other. */
final class SgdSearch {

    private static final List<Hyperparameter> RATINGS = List.of(
            factors(List.of("16", "32", "64", "128")),
            real(SgdSettings.LEARNING_RATE, 0.1, 0.02, 0.5, Scale.LOG),
            real("regularization", 0.12, 0.02, 0.5, Scale.LOG),
            real("regularization_exponent", 0.6, 0.2, 1, Scale.LINEAR),
            real("bias_regularization", 0.01, 0.001, 0.1, Scale.LOG));

    private static final List<Hyperparameter> RANKINGS = List.of(
            new Hyperparameter.OfChoice(
                    "loss",
                    "Losses that rank.",
                    Loss.BPR.word(),
                    Loss.words().stream()
                            .filter(word -> !word.equals(Loss.SQUARED.word()))
                            .toList()),
            factors(List.of("32", "64", "128")),
            real(SgdSettings.LEARNING_RATE, 0.1, 0.01, 1, Scale.LOG),
            real("regularization", 0.12, 0.003, 1, Scale.LOG),
            real("regularization_exponent", 0.6, 0, 1, Scale.LINEAR));

    private SgdSearch() {}

    static List<Hyperparameter> space(Loss loss) {
        return loss == Loss.SQUARED ? RATINGS : RANKINGS;
    }

    private static Hyperparameter factors(List<String> values) {
        return new Hyperparameter.OfChoice("factors", "Lengths worth trying.", "64", values);
    }

    private static Hyperparameter real(String name, double standIn, double low, double high, Scale scale) {
        return new Hyperparameter.OfReal(name, "Values worth trying.", standIn, low, high, scale);
    }
}
