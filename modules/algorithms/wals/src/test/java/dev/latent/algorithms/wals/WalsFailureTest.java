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

/** Numbers that leave the range of float32, and runs that cannot be held. */
class WalsFailureTest {

    private static final Interactions DATA = Planted.noise(12, 9, 0.5, 3);

    @Test
    void systemThatIsSingularInFloat32_isSolvedInFloat64() {
        Map<String, String> given = Map.of("factors", "30", "feedback", "explicit", "regularization", "1e-9");
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
    void weightsBeyondFloat32_failNamingAlpha() {
        Interactions huge = new Interactions(2, 2, List.of(new Entry(0, 0, 3e38), new Entry(1, 1, 1)));
        Fit fit = Fit.of(huge, Map.of("factors", "3", "alpha", "1000"));
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
