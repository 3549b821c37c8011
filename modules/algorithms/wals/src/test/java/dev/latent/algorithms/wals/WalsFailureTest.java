package dev.latent.algorithms.wals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.latent.algorithms.wals.Interactions.Entry;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.TrainingFailedException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that leave the range of float32, and runs that cannot be held. */
class WalsFailureTest {

    private static final Interactions DATA = Planted.noise(12, 9, 0.5, 3);

    @ParameterizedTest
    @ValueSource(strings = {"cholesky", "block"})
    void systemThatIsSingularInFloat32_isSolvedInFloat64(String solver) {
        Map<String, String> given =
                Map.of("factors", "30", "feedback", "explicit", "regularization", "1e-9", "solver", solver);
        EmbeddingModel model = Fit.train(DATA, given);
        assertThat(Measures.rmse(model, DATA.entries(), -100, 100)).isLessThan(0.01);
        assertThat(model.score(0, 0)).isCloseTo(3, within(100.0));
    }

    @Test
    void systemThatIsSingularInFloat64_failsNamingTheRegularization() {
        Fit fit = Fit.of(DATA, Map.of("factors", "30", "feedback", "explicit", "regularization", "1e-300"));
        assertThatThrownBy(fit::train)
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("raise 'regularization'")
                .hasMessageContaining("1.0E-300");
    }

    @Test
    void singularSystem_isNoObstacleToConjugateGradients() {
        Map<String, String> given = Map.of(
                "factors",
                "30",
                "feedback",
                "explicit",
                "regularization",
                "1e-300",
                "solver",
                "cg",
                "iterations",
                "40");
        assertThat(Measures.rmse(Fit.train(DATA, given), DATA.entries(), -100, 100))
                .isLessThan(0.3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cholesky", "block", "cg"})
    void moreFactorsThanData_givesFiniteScores(String solver) {
        Interactions few = new Interactions(3, 2, List.of(new Entry(0, 0, 1), new Entry(1, 1, 1)));
        EmbeddingModel model = Fit.train(few, Map.of("factors", "200", "solver", solver));
        assertThat(model.score(0, 0)).isGreaterThan(model.score(0, 1)).isBetween(0.1, 1.0);
        assertThat(model.score(2, 0)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cholesky", "block", "cg"})
    void weightsBeyondFloat32_failNamingAlpha(String solver) {
        Interactions huge = new Interactions(2, 2, List.of(new Entry(0, 0, 3e38), new Entry(1, 1, 1)));
        Fit fit = Fit.of(huge, Map.of("factors", "3", "alpha", "1000", "solver", solver));
        assertThatThrownBy(fit::train)
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("'alpha'")
                .hasMessageContaining("lower");
    }

    @Test
    void runBeyondItsMemory_isRefusedWithTheFigures() {
        Fit fit = Fit.of(DATA, Map.of("factors", "512"));
        fit.memoryBudget = 1 << 20;
        assertThatThrownBy(fit::train)
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("lower 'factors'")
                .hasMessageContaining("1 MiB");
    }
}
