package dev.latent.algorithms.sgd;

import static dev.latent.algorithms.sgd.RowTable.DECAY;
import static dev.latent.algorithms.sgd.RowTable.FACTORS;
import static dev.latent.algorithms.sgd.RowTable.FLOAT;
import static dev.latent.algorithms.sgd.RowTable.SQUARES;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link RowKernels} by the Vector API, at 256 bits on every processor: one shape keeps the compiled code free of boxed
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

    static float dot(RowTable aTable, long aRow, RowTable bTable, long bRow) {
        MemorySegment a = aTable.segment();
        MemorySegment b = bTable.segment();
        FloatVector even = FloatVector.zero(SPECIES);
        FloatVector odd = FloatVector.zero(SPECIES);
        long end = aTable.factorsEnd();
        for (long at = FACTORS; at < end; at += 2 * WIDTH) {
            even = load(a, aRow + at).fma(load(b, bRow + at), even);
            odd = load(a, aRow + at + WIDTH).fma(load(b, bRow + at + WIDTH), odd);
        }
        return sum(even.add(odd));
    }

    static void pairStep(RowTable userTable, long user, RowTable itemTable, long item, float slope, float rate) {
        MemorySegment users = userTable.segment();
        MemorySegment items = itemTable.segment();
        float userDecay = -users.get(FLOAT, user + DECAY);
        float itemDecay = -items.get(FLOAT, item + DECAY);
        float userStep = RowKernels.step(rate, users.get(FLOAT, user + SQUARES));
        float itemStep = RowKernels.step(rate, items.get(FLOAT, item + SQUARES));
        FloatVector slopes = FloatVector.broadcast(SPECIES, slope);
        FloatVector userSquares = FloatVector.zero(SPECIES);
        FloatVector itemSquares = FloatVector.zero(SPECIES);
        float share = userTable.share();
        long end = userTable.factorsEnd();
        for (long at = FACTORS; at < end; at += WIDTH) {
            FloatVector p = load(users, user + at);
            FloatVector q = load(items, item + at);
            FloatVector userGradient = slopes.fma(q, p.mul(userDecay));
            FloatVector itemGradient = slopes.fma(p, q.mul(itemDecay));
            move(users, user + at, p, userGradient, userStep);
            move(items, item + at, q, itemGradient, itemStep);
            userSquares = userGradient.fma(userGradient, userSquares);
            itemSquares = itemGradient.fma(itemGradient, itemSquares);
        }
        ScalarRows.addSquares(users, user, sum(userSquares) * share);
        ScalarRows.addSquares(items, item, sum(itemSquares) * share);
    }

    static void tripleStep(
            RowTable userTable, long user, RowTable itemTable, long liked, long drawn, float slope, float rate) {
        MemorySegment users = userTable.segment();
        MemorySegment items = itemTable.segment();
        float userDecay = -users.get(FLOAT, user + DECAY);
        float likedDecay = -items.get(FLOAT, liked + DECAY);
        float drawnDecay = -items.get(FLOAT, drawn + DECAY);
        float userStep = RowKernels.step(rate, users.get(FLOAT, user + SQUARES));
        float likedStep = RowKernels.step(rate, items.get(FLOAT, liked + SQUARES));
        float drawnStep = RowKernels.step(rate, items.get(FLOAT, drawn + SQUARES));
        FloatVector slopes = FloatVector.broadcast(SPECIES, slope);
        FloatVector userSquares = FloatVector.zero(SPECIES);
        FloatVector likedSquares = FloatVector.zero(SPECIES);
        FloatVector drawnSquares = FloatVector.zero(SPECIES);
        float share = userTable.share();
        long end = userTable.factorsEnd();
        for (long at = FACTORS; at < end; at += WIDTH) {
            FloatVector p = load(users, user + at);
            FloatVector q = load(items, liked + at);
            FloatVector r = load(items, drawn + at);
            FloatVector userGradient = slopes.fma(q.sub(r), p.mul(userDecay));
            FloatVector push = slopes.mul(p);
            FloatVector likedGradient = q.mul(likedDecay).add(push);
            FloatVector drawnGradient = r.mul(drawnDecay).sub(push);
            move(users, user + at, p, userGradient, userStep);
            move(items, liked + at, q, likedGradient, likedStep);
            move(items, drawn + at, r, drawnGradient, drawnStep);
            userSquares = userGradient.fma(userGradient, userSquares);
            likedSquares = likedGradient.fma(likedGradient, likedSquares);
            drawnSquares = drawnGradient.fma(drawnGradient, drawnSquares);
        }
        ScalarRows.addSquares(users, user, sum(userSquares) * share);
        ScalarRows.addSquares(items, liked, sum(likedSquares) * share);
        ScalarRows.addSquares(items, drawn, sum(drawnSquares) * share);
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
