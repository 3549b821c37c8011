package dev.latent.training.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Scale;
import java.util.List;
import org.junit.jupiter.api.Test;

class DimensionTest {

    private static Dimension real(double low, double high, Scale scale) {
        return Dimension.of(new Hyperparameter.OfReal("x", "X.", high, low, high, scale));
    }

    @Test
    void logScale_putsTheGeometricMeanInTheMiddle() {
        Dimension dimension = real(0.01, 1, Scale.LOG);
        assertThat(dimension.text(0.5)).isEqualTo("0.1");
        assertThat(dimension.place("0.1")).isEqualTo(0.5, within(1e-9));
    }

    @Test
    void logScaleFromZero_beginsAboveZero() {
        assertThat(Double.parseDouble(real(0, 10, Scale.LOG).text(0)))
                .isPositive()
                .isLessThan(1e-3);
    }

    @Test
    void valueOutsideTheRange_liesWhereTheStandInDoes() {
        Dimension dimension = Dimension.of(new Hyperparameter.OfReal("x", "X.", 0.1, 0.01, 1, Scale.LOG));
        assertThat(dimension.place("0.0")).isEqualTo(0.5, within(1e-9));
    }

    @Test
    void texts_haveFewDigitsAndStayInside() {
        Dimension dimension = real(0.0003, 0.1234567, Scale.LOG);
        assertThat(dimension.text(Math.nextDown(1.0))).isEqualTo("0.123");
        assertThat(dimension.text(0)).isEqualTo("0.0003");
        assertThat(dimension.text(0.4)).matches("0\\.00[0-9]{1,3}");
    }

    @Test
    void wholeNumbers_areRounded() {
        Dimension dimension = Dimension.of(new Hyperparameter.OfInteger("n", "N.", 1, 1, 3, Scale.LINEAR));
        assertThat(List.of(dimension.text(0), dimension.text(0.5), dimension.text(0.99)))
                .containsExactly("1", "2", "3");
    }

    @Test
    void choicesThatAscendAsNumbers_areOrdered() {
        assertThat(Dimension.of(new Hyperparameter.OfChoice("f", "F.", "8", List.of("8", "16", "32")))
                        .isOrdered())
                .isTrue();
        assertThat(Dimension.of(new Hyperparameter.OfChoice("f", "F.", "bpr", List.of("bpr", "warp")))
                        .isOrdered())
                .isFalse();
    }

    @Test
    void eachChoice_liesWhereItIsRead() {
        Dimension dimension = Dimension.of(new Hyperparameter.OfChoice("f", "F.", "b", List.of("a", "b", "c")));
        assertThat(List.of("a", "b", "c"))
                .allSatisfy(word ->
                        assertThat(dimension.text(dimension.place(word))).isEqualTo(word));
    }
}
