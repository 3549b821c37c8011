package dev.latent.algorithms.sgd;

import static dev.latent.algorithms.sgd.RowTable.BIAS;
import static dev.latent.algorithms.sgd.RowTable.BIAS_DECAY;
import static dev.latent.algorithms.sgd.RowTable.BIAS_ROOT;
import static dev.latent.algorithms.sgd.RowTable.BIAS_SQUARES;
import static dev.latent.algorithms.sgd.RowTable.DECAY;
import static dev.latent.algorithms.sgd.RowTable.NORM;
import static dev.latent.algorithms.sgd.RowTable.ROOT;
import static dev.latent.algorithms.sgd.RowTable.SQUARES;
import static dev.latent.algorithms.sgd.RowTable.STATE;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The squared loss over a block by the Vector API, at 512 bits where the processor prefers them, else at 256.
 *
 * <p>A rating costs one pass for the dot product and one for both updates. A row moves to {@code a·p + c·q} with
 * {@code a = 1 − ηλ} and {@code c = η·error}; the squares of its gradient and its new length follow from the dot product and
 * the two old lengths, so no further pass and no further horizontal sum is needed:
 *
 * <pre>
 *   ‖e·q − λp‖² = e²‖q‖² − 2eλ(p·q) + λ²‖p‖²          ‖a·p + c·q‖² = a²‖p‖² + 2ac(p·q) + c²‖q‖²
 * </pre>
 *
 * <p>Everything is written into one long method: where C2 has inlined its {@code DesiredMethodLimit} of 8,000 bytecodes it calls our own
 * methods instead, boxing their vectors (the Vector API's own methods it always inlines), and a rating costs three times
 * as much. The shuffles fix the order in which lanes are summed, which {@code reduceLanes} leaves open.
 */
final class VectorSquared {

    private static final VectorSpecies<Float> NARROW = FloatVector.SPECIES_128;
    private static final VectorSpecies<Float> HALF = FloatVector.SPECIES_256;
    private static final boolean WIDE = FloatVector.SPECIES_PREFERRED.vectorBitSize() >= 512;
    private static final VectorSpecies<Float> SPECIES = WIDE ? FloatVector.SPECIES_512 : HALF;
    private static final VectorShuffle<Float> EIGHTS = VectorShuffle.fromOp(FloatVector.SPECIES_512, lane -> lane ^ 8);
    private static final VectorShuffle<Float> FOURS = VectorShuffle.fromOp(HALF, lane -> lane ^ 4);
    private static final VectorShuffle<Float> TWOS = VectorShuffle.fromOp(NARROW, lane -> lane ^ 2);
    private static final VectorShuffle<Float> ONES = VectorShuffle.fromOp(NARROW, lane -> lane ^ 1);
    private static final long WIDTH = SPECIES.vectorByteSize();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private VectorSquared() {}

    /** See {@link RowKernels#descendSquared}; the rows of a block are checked when it is dealt. */
    static double descend(RowTable userTable, RowTable itemTable, Ratings ratings, RatingScale scale, float rate) {
        MemorySegment users = userTable.segment();
        MemorySegment items = itemTable.segment();
        float[] userState = userTable.state();
        float[] itemState = itemTable.state();
        long stride = userTable.stride();
        float share = userTable.share();
        float inverse = 1 / scale.deviation();
        double loss = 0;
        for (int at = ratings.from(); at < ratings.to(); at++) {
            int u = ratings.users()[at];
            int i = ratings.items()[at];
            long p = u * stride;
            long q = i * stride;
            u *= STATE;
            i *= STATE;
            FloatVector even =
                    fromMemorySegment(SPECIES, users, p, ORDER).mul(fromMemorySegment(SPECIES, items, q, ORDER));
            FloatVector odd = FloatVector.zero(SPECIES);
            for (long byteAt = WIDTH; byteAt < stride; byteAt += 2 * WIDTH) {
                odd = fromMemorySegment(SPECIES, users, p + byteAt, ORDER)
                        .fma(fromMemorySegment(SPECIES, items, q + byteAt, ORDER), odd);
                if (byteAt + WIDTH < stride) {
                    even = fromMemorySegment(SPECIES, users, p + byteAt + WIDTH, ORDER)
                            .fma(fromMemorySegment(SPECIES, items, q + byteAt + WIDTH, ORDER), even);
                }
            }
            FloatVector sum = even.add(odd);
            FloatVector half =
                    WIDE ? (FloatVector) sum.add(sum.rearrange(EIGHTS)).reinterpretShape(HALF, 0) : sum;
            FloatVector narrow = (FloatVector) half.add(half.rearrange(FOURS)).reinterpretShape(NARROW, 0);
            FloatVector pair = narrow.add(narrow.rearrange(TWOS));
            float dot = pair.add(pair.rearrange(ONES)).lane(0);
            float userBias = userState[u + BIAS];
            float itemBias = itemState[i + BIAS];
            float error = (ratings.values()[at] - scale.mean()) * inverse - userBias - itemBias - dot;
            float square = error * error;
            loss += square;
            float userDecay = userState[u + DECAY];
            float itemDecay = itemState[i + DECAY];
            float userRoot = userState[u + ROOT];
            float itemRoot = itemState[i + ROOT];
            float userKeep = 1 - rate * userRoot * userDecay;
            float itemKeep = 1 - rate * itemRoot * itemDecay;
            float userStep = rate * userRoot * error;
            float itemStep = rate * itemRoot * error;
            for (long byteAt = 0; byteAt < stride; byteAt += WIDTH) {
                FloatVector a = fromMemorySegment(SPECIES, users, p + byteAt, ORDER);
                FloatVector b = fromMemorySegment(SPECIES, items, q + byteAt, ORDER);
                a.mul(userKeep).add(b.mul(userStep)).intoMemorySegment(users, p + byteAt, ORDER);
                b.mul(itemKeep).add(a.mul(itemStep)).intoMemorySegment(items, q + byteAt, ORDER);
            }
            float userNorm = userState[u + NORM];
            float itemNorm = itemState[i + NORM];
            userState[u + NORM] =
                    userKeep * (userKeep * userNorm + 2 * userStep * dot) + userStep * userStep * itemNorm;
            itemState[i + NORM] =
                    itemKeep * (itemKeep * itemNorm + 2 * itemStep * dot) + itemStep * itemStep * userNorm;
            float twice = 2 * error * dot;
            float userGrowth = square * itemNorm + userDecay * (userDecay * userNorm - twice);
            float itemGrowth = square * userNorm + itemDecay * (itemDecay * itemNorm - twice);
            float old = userState[u + SQUARES];
            float next = old + Math.max(0, userGrowth) * share;
            userState[u + SQUARES] = next;
            userState[u + ROOT] =
                    next > 1.5f * old ? invert(next) : userRoot * (1.5f - 0.5f * next * userRoot * userRoot);
            old = itemState[i + SQUARES];
            next = old + Math.max(0, itemGrowth) * share;
            itemState[i + SQUARES] = next;
            itemState[i + ROOT] =
                    next > 1.5f * old ? invert(next) : itemRoot * (1.5f - 0.5f * next * itemRoot * itemRoot);
            float gradient = error - userState[u + BIAS_DECAY] * userBias;
            float root = userState[u + BIAS_ROOT];
            userState[u + BIAS] = userBias + rate * root * gradient;
            old = userState[u + BIAS_SQUARES];
            next = old + gradient * gradient;
            userState[u + BIAS_SQUARES] = next;
            userState[u + BIAS_ROOT] = next > 1.5f * old ? invert(next) : root * (1.5f - 0.5f * next * root * root);
            gradient = error - itemState[i + BIAS_DECAY] * itemBias;
            root = itemState[i + BIAS_ROOT];
            itemState[i + BIAS] = itemBias + rate * root * gradient;
            old = itemState[i + BIAS_SQUARES];
            next = old + gradient * gradient;
            itemState[i + BIAS_SQUARES] = next;
            itemState[i + BIAS_ROOT] = next > 1.5f * old ? invert(next) : root * (1.5f - 0.5f * next * root * root);
        }
        return 0.5 * loss;
    }

    private static float invert(float squares) {
        return (float) (1 / Math.sqrt(squares));
    }
}
