package dev.latent.algorithms.wals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.latent.spi.Hyperparameters;
import dev.latent.spi.InvalidHyperparametersException;
import dev.latent.spi.Task;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which values are taken, and which are refused. */
class WalsOptionsTest {

    private static final Interactions DATA = Planted.noise(30, 20, 0.3, 2);

    private static Hyperparameters values(Map<String, String> given) {
        return Hyperparameters.resolve(new WalsAlgorithm().hyperparameters(), given);
    }

    @ParameterizedTest
    @CsvSource({"unobserved_weight, 0.5", "minimum_value, 3"})
    void settingOfImplicitFeedback_isRefusedByNameWithExplicit(String name, String value) {
        Fit fit = Fit.of(DATA, Map.of("feedback", "explicit", name, value));
        assertThatThrownBy(fit::train)
                .isInstanceOf(InvalidHyperparametersException.class)
                .hasMessageContaining("'" + name + "'")
                .hasMessageContaining(value)
                .hasMessageContaining("feedback=implicit");
    }

    @Test
    void severalRefusedSettings_areNamedTogether() {
        Fit fit = Fit.of(DATA, Map.of("feedback", "explicit", "unobserved_weight", "1", "minimum_value", "3"));
        assertThatThrownBy(fit::train)
                .isInstanceOfSatisfying(
                        InvalidHyperparametersException.class,
                        e -> assertThat(e.violations()).hasSize(2));
    }

    @Test
    void unobservedWeightOfZero_isTakenWithExplicit() {
        assertThat(WalsOptions.of(values(Map.of("feedback", "explicit", "unobserved_weight", "0")))
                        .objective()
                        .unobservedWeight())
                .isZero();
    }

    @Test
    void feedback_decidesTheTask() {
        WalsAlgorithm algorithm = new WalsAlgorithm();
        assertThat(algorithm.task(values(Map.of()))).isEqualTo(Task.RANKING);
        assertThat(algorithm.task(values(Map.of("feedback", "explicit")))).isEqualTo(Task.RATING);
    }

    @Test
    void regularizationOfZero_isChosenAndLogged() {
        Fit fit = Fit.of(DATA, Map.of());
        assertThat(fit.options().objective().regularization()).isBetween(1e-4, 0.5);
        assertThat(fit.lines())
                .filteredOn(line -> line.contains("regularization"))
                .hasSize(1);
    }

    @Test
    void regularizationThatIsGiven_isKept() {
        Fit fit = Fit.of(DATA, Map.of("regularization", "0.3"));
        assertThat(fit.options().objective().regularization()).isEqualTo(0.3);
        assertThat(fit.lines()).noneMatch(line -> line.contains("regularization"));
    }

    @Test
    void regularizationScale_multipliesWhatIsChosen() {
        double chosen = Fit.of(DATA, Map.of()).options().objective().regularization();
        assertThat(Fit.of(DATA, Map.of("regularization_scale", "2.5"))
                        .options()
                        .objective()
                        .regularization())
                .isEqualTo(2.5 * chosen);
    }

    @Test
    void regularizationScale_besideARegularization_isRefused() {
        Fit fit = Fit.of(DATA, Map.of("regularization", "0.3", "regularization_scale", "2"));
        assertThatThrownBy(fit::train)
                .isInstanceOf(InvalidHyperparametersException.class)
                .hasMessageContaining("'regularization_scale'")
                .hasMessageContaining("leave out either");
    }

    @Test
    void chosenRegularization_keepsTheSumOfPenaltiesAtOtherExponents() {
        Objective plain = Fit.of(DATA, Map.of("feedback", "explicit", "regularization_exponent", "0"))
                .options()
                .objective();
        double ratings = DATA.entries().size();
        assertThat(plain.regularization() * (30 + 20))
                .isCloseTo(AutomaticRegularization.EXPLICIT * 2 * ratings, within(1e-9));
    }
}
