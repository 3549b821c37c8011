package dev.latent.algorithms.wals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.spi.Hyperparameters;
import dev.latent.spi.ResourceEstimate;
import dev.latent.spi.SnapshotShape;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run is said to need. */
class EstimateTest {

    private static final SnapshotShape SHAPE = new SnapshotShape(100_000, 20_000, 10_000_000, 3_000, 40_000, 0, 0);

    private static ResourceEstimate estimate(SnapshotShape shape, Map<String, String> given, int threads) {
        WalsAlgorithm algorithm = new WalsAlgorithm();
        return algorithm
                .estimate(shape, Hyperparameters.resolve(algorithm.hyperparameters(), given), threads)
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cholesky", "block", "cg"})
    void estimate_holdsTheVectorsAndTellsATime(String solver) {
        ResourceEstimate estimate = estimate(SHAPE, Map.of("factors", "32", "solver", solver, "iterations", "7"), 2);
        assertThat(estimate.nativeBytes()).isEqualTo(120_000L * 32 * Float.BYTES);
        assertThat(estimate.heapBytes()).isBetween(4L << 20, 64L << 20);
        assertThat(estimate.sweeps()).isEqualTo(7);
        assertThat(estimate.secondsPerSweep()).isGreaterThan(0);
    }

    @Test
    void explicitFeedback_needsABiasMore() {
        assertThat(estimate(SHAPE, Map.of("factors", "32", "feedback", "explicit"), 1)
                        .nativeBytes())
                .isEqualTo(120_000L * 33 * Float.BYTES);
    }

    @Test
    void weightsAndCopies_areCounted() {
        assertThat(estimate(SHAPE, Map.of("factors", "32", "item_normalization", "1"), 1)
                        .nativeBytes())
                .isEqualTo((120_000L * 33 + 20_000L * 32) * Float.BYTES);
        assertThat(estimate(SHAPE, Map.of("factors", "32", "recency_half_life", "5"), 1)
                        .nativeBytes())
                .isEqualTo((120_000L * 33 + 100_000L * 32 + 10_000_000L) * Float.BYTES);
    }

    @Test
    void moreThreads_needMoreHeapAndLessTime() {
        ResourceEstimate one = estimate(SHAPE, Map.of("factors", "48"), 1);
        ResourceEstimate four = estimate(SHAPE, Map.of("factors", "48"), 4);
        assertThat(four.heapBytes()).isGreaterThan(one.heapBytes());
        assertThat(four.secondsPerSweep()).isLessThan(one.secondsPerSweep());
    }

    @Test
    void shapeBeyondThirtyTwoBits_isCountedWithoutOverflow() {
        SnapshotShape huge = new SnapshotShape(
                Integer.MAX_VALUE, Integer.MAX_VALUE, 1L << 60, Integer.MAX_VALUE, Integer.MAX_VALUE, 0, 0);
        ResourceEstimate estimate = estimate(huge, Map.of("factors", "2048", "iterations", "1", "solver", "cg"), 1);
        assertThat(estimate.nativeBytes()).isEqualTo(2L * Integer.MAX_VALUE * 2048 * Float.BYTES);
        assertThat(estimate.secondsPerSweep()).isGreaterThan(1e6).isFinite();
    }
}
