package dev.latent.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CumulativeWeightsTest {

    @Test
    void places_areDrawnInProportion() {
        CumulativeWeights weights = new CumulativeWeights(new double[] {0, 1, 0, 3, 0});
        SeededRandom random = SeededRandom.of(1, 2);
        int[] counts = new int[5];
        for (int draw = 0; draw < 4000; draw++) {
            counts[weights.draw(random)]++;
        }
        assertThat(weights.sum()).isEqualTo(4);
        assertThat(counts[1] / 4000.0).isCloseTo(0.25, within(0.03));
        assertThat(counts[1] + counts[3]).isEqualTo(4000);
    }

    @Test
    void nothing_sumsToZero() {
        assertThat(new CumulativeWeights(new double[3]).sum()).isZero();
    }
}
