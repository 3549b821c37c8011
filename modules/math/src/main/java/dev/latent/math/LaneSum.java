package dev.latent.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/**
 * The sum of the lanes of a 256-bit vector in one fixed order, ((0+4)+(2+6))+((1+5)+(3+7)).
 *
 * <p>{@code reduceLanes} leaves the order open, and the interpreter and the compiled code do differ in it: with it, the
 * same call gives other bits once the JIT has compiled the loop around it.
 */
final class LaneSum {

    private static final VectorShuffle<Float> HALVES = VectorShuffle.fromOp(FloatVector.SPECIES_256, i -> i ^ 4);
    private static final VectorShuffle<Float> PAIRS = VectorShuffle.fromOp(FloatVector.SPECIES_256, i -> i ^ 2);
    private static final VectorShuffle<Float> NEIGHBOURS = VectorShuffle.fromOp(FloatVector.SPECIES_256, i -> i ^ 1);

    private LaneSum() {}

    static float of(FloatVector vector) {
        FloatVector four = vector.add(vector.rearrange(HALVES));
        FloatVector two = four.add(four.rearrange(PAIRS));
        return two.add(two.rearrange(NEIGHBOURS)).lane(0);
    }
}
