package dev.latent.math;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LaterCountsTest {

    @Test
    void timesInAnyOrder_areCountedAndEqualOnesAlike() {
        assertThat(LaterCounts.of(new long[] {30, 10, 20, 30, -5, 20})).containsExactly(0, 4, 2, 0, 5, 2);
    }

    @Test
    void weights_halveWithEachHalfLifeOfLaterTimes() {
        assertThat(LaterCounts.weights(new long[] {1, 2, 3, 4, 5}, 2))
                .containsExactly(0.25, StrictMath.pow(2, -1.5), 0.5, StrictMath.pow(2, -0.5), 1);
    }

    @Test
    void extremesAndNothing_areCountedToo() {
        assertThat(LaterCounts.of(new long[] {Long.MIN_VALUE, Long.MAX_VALUE})).containsExactly(1, 0);
        assertThat(LaterCounts.of(new long[0])).isEmpty();
    }
}
