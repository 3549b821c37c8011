package dev.latent.algorithms.sgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LossesTest {

    private static final double STEP = 1e-5;

    @ParameterizedTest
    @ValueSource(doubles = {-3, -0.5, 0, 0.25, 4})
    void squaredSlope_isMinusTheDerivative(double score) {
        double derivative = (Losses.squared(1.5, score + STEP) - Losses.squared(1.5, score - STEP)) / (2 * STEP);
        assertThat((double) Losses.squaredSlope(1.5f, (float) score)).isCloseTo(-derivative, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-30, -2, -0.5, 0, 0.25, 4, 30})
    void softplusSlope_isMinusTheDerivative(double margin) {
        double derivative = (Losses.softplus(margin + STEP) - Losses.softplus(margin - STEP)) / (2 * STEP);
        assertThat((double) Losses.softplusSlope((float) margin)).isCloseTo(-derivative, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e30, -800, 800, 1e30})
    void extremeMargins_stayFinite(double margin) {
        assertThat(Losses.softplus(margin)).isFinite().isCloseTo(Math.max(-margin, 0), within(1e-9 * Math.abs(margin)));
        assertThat(Losses.softplusSlope((float) margin)).isEqualTo(margin < 0 ? 1f : 0f, within(1e-9f));
    }
}
