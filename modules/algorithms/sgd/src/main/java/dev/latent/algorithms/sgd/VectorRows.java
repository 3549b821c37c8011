package dev.latent.algorithms.sgd;

import static dev.latent.algorithms.sgd.RowTable.DECAY;
import static dev.latent.algorithms.sgd.RowTable.FACTORS;
import static dev.latent.algorithms.sgd.RowTable.FLOAT;
import static dev.latent.algorithms.sgd.RowTable.SQUARES;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link RowKernels} by the Vector API, of 128 to 512 bits.
 *
 * <p>Lanes are summed by {@link #sum} and not by {@code reduceLanes(ADD)}, whose order is left open and differs between the
 * interpreter and compiled code: the same run would not give the same bytes.
 */
final class VectorRows {

    private static final VectorSpecies<Float> SPECIES = species();
    private static final VectorSpecies<Float> QUARTER = FloatVector.SPECIES_128;
    private static final VectorSpecies<Float> HALF = FloatVector.SPECIES_256;
    private static final int LANES = SPECIES.length();
    private static final long WIDTH = (long) LANES * Float.BYTES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private VectorRows() {}

    private static VectorSpecies<Float> species() {
        int lanes = FloatVector.SPECIES_PREFERRED.length();
        return lanes >= 16 ? FloatVector.SPECIES_512 : lanes == 8 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;
    }

    static String name() {
        return "vector-" + SPECIES.vectorBitSize();
    }

    static float dot(RowTable aTable, long aRow, RowTable bTable, long bRow) {
        MemorySegment a = aTable.segment();
        MemorySegment b = bTable.segment();
        FloatVector sum = FloatVector.zero(SPECIES);
        FloatVector other = FloatVector.zero(SPECIES);
        long end = aTable.factorsEnd();
        long at = FACTORS;
        for (; at + 2 * WIDTH <= end; at += 2 * WIDTH) {
            sum = load(a, aRow + at).fma(load(b, bRow + at), sum);
            other = load(a, aRow + at + WIDTH).fma(load(b, bRow + at + WIDTH), other);
        }
        if (at < end) {
            sum = load(a, aRow + at).fma(load(b, bRow + at), sum);
        }
        return sum(sum.add(other));
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

    /** The sum of all lanes in one fixed order: halves folded onto each other down to four lanes. */
    private static float sum(FloatVector vector) {
        FloatVector folded = vector;
        if (LANES == 16) {
            folded = half(folded, HALF, 0).add(half(folded, HALF, 1));
        }
        if (LANES >= 8) {
            folded = half(folded, QUARTER, 0).add(half(folded, QUARTER, 1));
        }
        return (folded.lane(0) + folded.lane(2)) + (folded.lane(1) + folded.lane(3));
    }

    private static FloatVector half(FloatVector vector, VectorSpecies<Float> species, int part) {
        return (FloatVector) vector.reinterpretShape(species, part);
    }
}
