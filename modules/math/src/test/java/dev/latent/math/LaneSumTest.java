package dev.latent.math;

import static org.assertj.core.api.Assertions.assertThat;

import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class LaneSumTest {

    @RepeatedTest(20)
    void ofFour_hasTheBitsOfEachAlone_inTheirOrder(RepetitionInfo repetition) {
        SeededRandom random = SeededRandom.of(1, repetition.getCurrentRepetition());
        float[] lanes = new float[32];
        for (int lane = 0; lane < lanes.length; lane++) {
            lanes[lane] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(7) - 3));
        }
        float[] expected = new float[4];
        float[] sums = new float[4];
        for (int vector = 0; vector < 4; vector++) {
            expected[vector] = LaneSum.of(vector(lanes, vector));
        }

        LaneSum.ofFour(vector(lanes, 0), vector(lanes, 1), vector(lanes, 2), vector(lanes, 3))
                .intoArray(sums, 0);

        assertThat(sums).containsExactly(expected);
    }

    private static FloatVector vector(float[] lanes, int number) {
        return FloatVector.fromArray(FloatVector.SPECIES_256, lanes, 8 * number);
    }
}
