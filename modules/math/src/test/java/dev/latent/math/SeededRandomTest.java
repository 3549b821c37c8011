package dev.latent.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeededRandomTest {

    private static final int DRAWS = 200_000;

    /** The values come from a second implementation, written in another language from the papers. */
    @Test
    void seedAndStream_giveTheGoldenSequence() {
        SeededRandom random = SeededRandom.of(42, 7);

        assertThat(random.nextLong()).isEqualTo(-491186761746597554L);
        assertThat(random.nextLong()).isEqualTo(5161653284353588767L);
        assertThat(random.nextInt(1000)).isEqualTo(74);
        assertThat(random.nextFloat()).isEqualTo(0.7424811f);
        assertThat(random.nextDouble()).isEqualTo(0.613542380950976);
        assertThat(random.nextGaussian()).isEqualTo(1.0058951338072417);
        assertThat(random.nextGaussian()).isEqualTo(0.5200337571172582);
    }

    @Test
    void reseed_startsTheSequenceAnew() {
        SeededRandom used = SeededRandom.of(1, 2);
        used.nextGaussian();
        used.reseed(3, 4);
        SeededRandom fresh = SeededRandom.of(3, 4);

        assertThat(used.nextGaussian()).isEqualTo(fresh.nextGaussian());
        assertThat(used.nextLong()).isEqualTo(fresh.nextLong());
    }

    @Test
    void seedsAndStreams_allBeginDifferently() {
        Set<Long> firsts = new HashSet<>();
        for (long seed = -50; seed < 50; seed++) {
            for (long stream = -50; stream < 50; stream++) {
                firsts.add(SeededRandom.of(seed, stream).nextLong());
            }
        }

        assertThat(firsts).hasSize(10_000);
    }

    @Test
    void firstDrawsOfNeighbouringStreams_areUniform() {
        double sum = 0;
        double lagged = 0;
        double previous = 0;
        for (int stream = 0; stream < DRAWS; stream++) {
            double centred = SeededRandom.of(5, stream).nextDouble() - 0.5;
            sum += centred;
            lagged += centred * previous;
            previous = centred;
        }

        assertThat(sum / DRAWS).isCloseTo(0, within(0.004));
        assertThat(lagged / DRAWS).isCloseTo(0, within(0.001));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 1 << 20, 1_500_000_000, Integer.MAX_VALUE})
    void boundedInts_stayInRangeWithTheRightMean(int bound) {
        SeededRandom random = SeededRandom.of(6, bound);
        double sum = 0;
        for (int i = 0; i < DRAWS; i++) {
            int value = random.nextInt(bound);
            assertThat(value >= 0 && value < bound).isTrue();
            sum += value;
        }

        assertThat(sum / DRAWS / bound).isCloseTo((bound - 1.0) / 2 / bound, within(0.004));
    }

    /** Of the 2³² inputs 8/3 go to one value: without rejection the residues would come as 3 : 3 : 2. */
    @Test
    void boundThatDoesNotDivideTheInputs_hasNoBias() {
        SeededRandom random = SeededRandom.of(10, 0);
        int[] residues = new int[3];
        for (int i = 0; i < DRAWS; i++) {
            residues[random.nextInt(3 << 29) % 3]++;
        }

        assertThat(Arrays.stream(residues))
                .allSatisfy(count -> assertThat(count).isBetween(DRAWS / 3 - 1500, DRAWS / 3 + 1500));
    }

    @Test
    void floatsAndDoubles_stayInTheUnitInterval() {
        SeededRandom random = SeededRandom.of(7, 0);
        for (int i = 0; i < DRAWS; i++) {
            float single = random.nextFloat();
            double twice = random.nextDouble();
            assertThat(single >= 0 && single < 1 && twice >= 0 && twice < 1).isTrue();
        }
    }

    @Test
    void gaussians_haveMomentsOfTheNormal() {
        SeededRandom random = SeededRandom.of(8, 0);
        double sum = 0;
        double squares = 0;
        double fourths = 0;
        for (int i = 0; i < DRAWS; i++) {
            double value = random.nextGaussian();
            sum += value;
            squares += value * value;
            fourths += value * value * value * value;
        }

        assertThat(sum / DRAWS).isCloseTo(0, within(0.01));
        assertThat(squares / DRAWS).isCloseTo(1, within(0.015));
        assertThat(fourths / DRAWS).isCloseTo(3, within(0.1));
    }

    @Test
    void shuffle_putsEachValueEverywhereEquallyOften() {
        int[][] counts = new int[4][4];
        SeededRandom random = SeededRandom.of(9, 0);
        for (int round = 0; round < 40_000; round++) {
            int[] values = IntStream.range(0, 4).toArray();
            random.shuffle(values);
            for (int place = 0; place < 4; place++) {
                counts[values[place]][place]++;
            }
        }

        assertThat(Arrays.stream(counts).flatMapToInt(Arrays::stream))
                .allSatisfy(count -> assertThat(count).isBetween(9_600, 10_400));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void boundBelowOne_isRefused(int bound) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SeededRandom.of(0, 0).nextInt(bound))
                .withMessageContaining("bound is " + bound);
    }
}
