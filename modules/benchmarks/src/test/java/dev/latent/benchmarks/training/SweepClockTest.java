package dev.latent.benchmarks.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.Sweep;
import java.lang.foreign.Arena;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SweepClockTest {

    @Test
    void sweeps_areTimedFromEndToEnd() {
        PrimitiveIterator.OfLong time =
                LongStream.of(5_000_000_000L, 7_000_000_000L, 7_500_000_000L).iterator();
        PrimitiveIterator.OfLong cpu =
                LongStream.of(1_000_000_000L, 4_000_000_000L, 5_000_000_000L).iterator();
        SweepClock clock = new SweepClock(time::nextLong, cpu::nextLong);
        EmbeddingModel model = EmbeddingModel.builder(
                        FloatMatrix.allocate(Arena.ofAuto(), 1, 1), FloatMatrix.allocate(Arena.ofAuto(), 1, 1))
                .build();

        clock.sweep(new Sweep(1, 2, Map.of(), Map.of()), () -> model);
        clock.sweep(new Sweep(2, 2, Map.of(), Map.of()), () -> model);

        assertThat(clock.seconds()).containsExactly(2.0, 0.5);
        assertThat(clock.cpuSeconds()).containsExactly(3.0, 1.0);
    }
}
