package dev.latent.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The two laws of confidence, by hand. */
final class ConfidenceTest {

    @Test
    void linear_isOnePlusAlphaTimesValue() {
        assertThat(new Confidence.Linear(40).weight(2)).isEqualTo(81);
        assertThat(new Confidence.Linear(0).weight(1e9)).isEqualTo(1);
    }

    @Test
    void logarithmic_isOnePlusAlphaTimesLogOfOnePlusValueByEpsilon() {
        assertThat(new Confidence.Logarithmic(3, 0.5).weight(4)).isCloseTo(1 + 3 * Math.log(9), within(1e-12));
        assertThat(new Confidence.Logarithmic(3, 0.5).weight(0)).isEqualTo(1);
    }

    @Test
    void valueBelowZero_countsAsZero() {
        assertThat(new Confidence.Linear(40).weight(-3)).isEqualTo(1);
        assertThat(new Confidence.Logarithmic(3, 0.5).weight(-3)).isEqualTo(1);
    }

    @Test
    void parametersOutOfRange_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Confidence.Linear(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Confidence.Linear(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new Confidence.Logarithmic(-1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Confidence.Logarithmic(1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Confidence.Logarithmic(1, Double.NaN));
    }
}
