package dev.latent.algorithms.sgd;

import static dev.latent.algorithms.sgd.RowTable.DECAY;
import static dev.latent.algorithms.sgd.RowTable.ROOT;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The steps of single pairs and triples by the Vector API, at 256 bits on every processor: one shape keeps the compiled code free of boxed
 * vectors, and rows of usual ranks are too short for wider ones to gain.
 *
 * <p>Lanes are summed by {@link #sum} and not by {@code reduceLanes(ADD)}, whose order is left open and differs between the
 * interpreter and compiled code: the same run would not give the same bytes.
 */
final class VectorRows {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
    private static final VectorShuffle<Float> HALVES = VectorShuffle.fromOp(SPECIES, lane -> lane ^ 4);
    private static final VectorShuffle<Float> PAIRS = VectorShuffle.fromOp(SPECIES, lane -> lane ^ 2);
    private static final VectorShuffle<Float> NEIGHBOURS = VectorShuffle.fromOp(SPECIES, lane -> lane ^ 1);
    private static final long WIDTH = 8 * Float.BYTES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private VectorRows() {}

    /** Whether the processor has vectors of this shape; without, they would be slower than scalars. */
    static boolean isFast() {
        return FloatVector.SPECIES_PREFERRED.vectorBitSize() >= SPECIES.vectorBitSize();
    }

    static String name() {
        return "vector-" + SPECIES.vectorBitSize();
    }

    static float dot(RowTable aTable, int aRow, RowTable bTable, int bRow) {
        MemorySegment a = aTable.segment();
        MemorySegment b = bTable.segment();
        long stride = aTable.stride();
        long aStart = aRow * stride;
        long bStart = bRow * stride;
        FloatVector even = FloatVector.zero(SPECIES);
        FloatVector odd = FloatVector.zero(SPECIES);
        for (long at = 0; at < stride; at += 2 * WIDTH) {
            even = load(a, aStart + at).fma(load(b, bStart + at), even);
            odd = load(a, aStart + at + WIDTH).fma(load(b, bStart + at + WIDTH), odd);
        }
        return sum(even.add(odd));
    }

    static void pairStep(RowTable userTable, int user, RowTable itemTable, int item, float slope, float rate) {
        MemorySegment users = userTable.segment();
        MemorySegment items = itemTable.segment();
        long stride = userTable.stride();
        long userStart = user * stride;
        long itemStart = item * stride;
        float userDecay = -userTable.get(user, DECAY);
        float itemDecay = -itemTable.get(item, DECAY);
        MemorySegment userPriors = userTable.priors();
        MemorySegment itemPriors = itemTable.priors();
        long userPrior = user * userTable.priorStride();
        long itemPrior = item * itemTable.priorStride();
        float userStep = rate * userTable.get(user, ROOT);
        float itemStep = rate * itemTable.get(item, ROOT);
        FloatVector slopes = FloatVector.broadcast(SPECIES, slope);
        FloatVector userSquares = FloatVector.zero(SPECIES);
        FloatVector itemSquares = FloatVector.zero(SPECIES);
        for (long at = 0; at < stride; at += WIDTH) {
            FloatVector p = load(users, userStart + at);
            FloatVector q = load(items, itemStart + at);
            FloatVector userGradient =
                    slopes.fma(q, p.sub(load(userPriors, userPrior + at)).mul(userDecay));
            FloatVector itemGradient =
                    slopes.fma(p, q.sub(load(itemPriors, itemPrior + at)).mul(itemDecay));
            move(users, userStart + at, p, userGradient, userStep);
            move(items, itemStart + at, q, itemGradient, itemStep);
            userSquares = userGradient.fma(userGradient, userSquares);
            itemSquares = itemGradient.fma(itemGradient, itemSquares);
        }
        RowKernels.grow(userTable, user, sum(userSquares));
        RowKernels.grow(itemTable, item, sum(itemSquares));
    }

    static void tripleStep(
            RowTable userTable, int user, RowTable itemTable, int liked, int drawn, float slope, float rate) {
        MemorySegment users = userTable.segment();
        MemorySegment items = itemTable.segment();
        long stride = userTable.stride();
        long userStart = user * stride;
        long likedStart = liked * stride;
        long drawnStart = drawn * stride;
        float userDecay = -userTable.get(user, DECAY);
        float likedDecay = -itemTable.get(liked, DECAY);
        float drawnDecay = -itemTable.get(drawn, DECAY);
        MemorySegment userPriors = userTable.priors();
        MemorySegment itemPriors = itemTable.priors();
        long userPrior = user * userTable.priorStride();
        long likedPrior = liked * itemTable.priorStride();
        long drawnPrior = drawn * itemTable.priorStride();
        float userStep = rate * userTable.get(user, ROOT);
        float likedStep = rate * itemTable.get(liked, ROOT);
        float drawnStep = rate * itemTable.get(drawn, ROOT);
        FloatVector slopes = FloatVector.broadcast(SPECIES, slope);
        FloatVector userSquares = FloatVector.zero(SPECIES);
        FloatVector likedSquares = FloatVector.zero(SPECIES);
        FloatVector drawnSquares = FloatVector.zero(SPECIES);
        for (long at = 0; at < stride; at += WIDTH) {
            FloatVector p = load(users, userStart + at);
            FloatVector q = load(items, likedStart + at);
            FloatVector r = load(items, drawnStart + at);
            FloatVector userGradient =
                    slopes.fma(q.sub(r), p.sub(load(userPriors, userPrior + at)).mul(userDecay));
            FloatVector push = slopes.mul(p);
            FloatVector likedGradient =
                    q.sub(load(itemPriors, likedPrior + at)).mul(likedDecay).add(push);
            FloatVector drawnGradient =
                    r.sub(load(itemPriors, drawnPrior + at)).mul(drawnDecay).sub(push);
            move(users, userStart + at, p, userGradient, userStep);
            move(items, likedStart + at, q, likedGradient, likedStep);
            move(items, drawnStart + at, r, drawnGradient, drawnStep);
            userSquares = userGradient.fma(userGradient, userSquares);
            likedSquares = likedGradient.fma(likedGradient, likedSquares);
            drawnSquares = drawnGradient.fma(drawnGradient, drawnSquares);
        }
        RowKernels.grow(userTable, user, sum(userSquares));
        RowKernels.grow(itemTable, liked, sum(likedSquares));
        RowKernels.grow(itemTable, drawn, sum(drawnSquares));
    }

    static void userStep(
            RowTable userTable,
            int user,
            RowTable itemTable,
            int liked,
            float likedSlope,
            int drawn,
            float drawnSlope,
            float rate) {
        MemorySegment users = userTable.segment();
        MemorySegment items = itemTable.segment();
        long stride = userTable.stride();
        long userStart = user * stride;
        long likedStart = liked * stride;
        long drawnStart = drawn * stride;
        float decay = -userTable.get(user, DECAY);
        MemorySegment priors = userTable.priors();
        long prior = user * userTable.priorStride();
        float step = rate * userTable.get(user, ROOT);
        FloatVector likedSlopes = FloatVector.broadcast(SPECIES, likedSlope);
        FloatVector drawnSlopes = FloatVector.broadcast(SPECIES, drawnSlope);
        FloatVector squares = FloatVector.zero(SPECIES);
        for (long at = 0; at < stride; at += WIDTH) {
            FloatVector p = load(users, userStart + at);
            FloatVector pull = p.sub(load(priors, prior + at)).mul(decay);
            FloatVector gradient =
                    likedSlopes.fma(load(items, likedStart + at), drawnSlopes.fma(load(items, drawnStart + at), pull));
            move(users, userStart + at, p, gradient, step);
            squares = gradient.fma(gradient, squares);
        }
        RowKernels.grow(userTable, user, sum(squares));
    }

    private static FloatVector load(MemorySegment rows, long at) {
        return FloatVector.fromMemorySegment(SPECIES, rows, at, ORDER);
    }

    private static void move(MemorySegment rows, long at, FloatVector value, FloatVector gradient, float step) {
        gradient.fma(FloatVector.broadcast(SPECIES, step), value).intoMemorySegment(rows, at, ORDER);
    }

    /** The sum of all lanes in one fixed order. */
    private static float sum(FloatVector vector) {
        FloatVector four = vector.add(vector.rearrange(HALVES));
        FloatVector two = four.add(four.rearrange(PAIRS));
        return two.add(two.rearrange(NEIGHBOURS)).lane(0);
    }
}
