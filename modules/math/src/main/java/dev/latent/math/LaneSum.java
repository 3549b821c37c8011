package dev.latent.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
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

    private static final VectorMask<Float> HIGH_HALF = VectorMask.fromLong(FloatVector.SPECIES_256, 0b1111_0000);
    private static final VectorMask<Float> HIGH_PAIRS = VectorMask.fromLong(FloatVector.SPECIES_256, 0b1100_1100);
    private static final VectorShuffle<Float> ORDER =
            VectorShuffle.fromOp(FloatVector.SPECIES_256, i -> (i & 1) * 4 + (i & 2));

    private LaneSum() {}

    static float of(FloatVector vector) {
        FloatVector four = vector.add(vector.rearrange(HALVES));
        FloatVector two = four.add(four.rearrange(PAIRS));
        return two.add(two.rearrange(NEIGHBOURS)).lane(0);
    }

    /**
     * The sums of four vectors, in that order: each with the bits of {@link #of}, at half the instructions.
     *
     * @return 128 bits
     */
    static FloatVector ofFour(FloatVector a, FloatVector b, FloatVector c, FloatVector d) {
        FloatVector ab = a.blend(b, HIGH_HALF).add(b.blend(a, HIGH_HALF).rearrange(HALVES));
        FloatVector cd = c.blend(d, HIGH_HALF).add(d.blend(c, HIGH_HALF).rearrange(HALVES));
        FloatVector pairs =
                ab.blend(cd, HIGH_PAIRS).add(cd.blend(ab, HIGH_PAIRS).rearrange(PAIRS));
        FloatVector sums = pairs.add(pairs.rearrange(NEIGHBOURS));
        return (FloatVector) sums.rearrange(ORDER).reinterpretShape(FloatVector.SPECIES_128, 0);
    }
}
