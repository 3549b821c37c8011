package dev.latent.benchmarks.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latent.math.SeededRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrawsTest {

    private final SeededRandom random = SeededRandom.of(9, 0);

    @ParameterizedTest
    @ValueSource(doubles = {0.015, 0.3, 1, 4.5})
    void gamma_meanAndVariance_areItsShape(double shape) {
        int draws = 400_000;
        double sum = 0;
        double squares = 0;
        for (int draw = 0; draw < draws; draw++) {
            double value = GammaDraw.next(shape, random);
            sum += value;
            squares += value * value;
        }
        double mean = sum / draws;
        assertThat(mean).isCloseTo(shape, within(0.04 * Math.max(shape, Math.sqrt(shape) / 4)));
        assertThat(squares / draws - mean * mean).isCloseTo(shape, within(0.08 * Math.max(shape, 0.03)));
    }

    @Test
    void cumulative_drawsInProportion_andNeverWhatWeighsNothing() {
        Cumulative law = Cumulative.of(new double[] {0, 1, 0, 3, 0});
        int[] counts = new int[5];
        for (int draw = 0; draw < 100_000; draw++) {
            counts[law.find(random.nextDouble())]++;
        }
        assertThat(counts[0] + counts[2] + counts[4]).isZero();
        assertThat(counts[3] / 100_000.0).isCloseTo(0.75, within(0.01));
        assertThat(law.find(0)).isEqualTo(1);
        assertThat(law.find(Math.nextDown(1.0))).isEqualTo(3);
    }

    @Test
    void activity_staysWithinItsBounds_andAddsUpToTheTotal() {
        int[] counts = new Activity(100_000, 50, 1, 20, 400).draw(1_000, random);

        assertThat(Arrays.stream(counts).sum()).isCloseTo(100_000, within(600));
        assertThat(Arrays.stream(counts).min().orElseThrow()).isEqualTo(20);
        assertThat(Arrays.stream(counts).max().orElseThrow()).isLessThanOrEqualTo(400);
    }

    @Test
    void popularity_addsUpToOne_andFallsAsThePower() {
        double[] shares = new Popularity(1.3, 10).draw(500, random);
        assertThat(Arrays.stream(shares).sum()).isCloseTo(1, within(1e-12));
        Arrays.sort(shares);

        assertThat(shares[499] / shares[0]).isCloseTo(Math.pow(510.0 / 11, 1.3), within(1e-6));
    }

    @Test
    void distinctItems_areAsManyAsWanted_unlessTheRoundsEnd() {
        int[] items = new DistinctItems(10, 50).draw(10, () -> random.nextInt(10));
        assertThat(items).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);

        assertThat(new DistinctItems(10, 2).draw(3, () -> 4)).containsExactly(4);
    }
}
