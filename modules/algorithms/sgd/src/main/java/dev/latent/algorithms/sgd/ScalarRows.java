package dev.latent.algorithms.sgd;

import static dev.latent.algorithms.sgd.RowTable.DECAY;
import static dev.latent.algorithms.sgd.RowTable.FACTORS;
import static dev.latent.algorithms.sgd.RowTable.FLOAT;
import static dev.latent.algorithms.sgd.RowTable.SQUARES;

import java.lang.foreign.MemorySegment;

/** {@link RowKernels} by plain loops. */
final class ScalarRows {

    private ScalarRows() {}

    static float dot(RowTable aTable, long aRow, RowTable bTable, long bRow) {
        MemorySegment a = aTable.segment();
        MemorySegment b = bTable.segment();
        float even = 0;
        float odd = 0;
        long end = aTable.factorsEnd();
        for (long at = FACTORS; at < end; at += 2 * Float.BYTES) {
            even += a.get(FLOAT, aRow + at) * b.get(FLOAT, bRow + at);
            odd += a.get(FLOAT, aRow + at + Float.BYTES) * b.get(FLOAT, bRow + at + Float.BYTES);
        }
        return even + odd;
    }

    static void pairStep(RowTable userTable, long user, RowTable itemTable, long item, float slope, float rate) {
        MemorySegment users = userTable.segment();
        MemorySegment items = itemTable.segment();
        float userDecay = users.get(FLOAT, user + DECAY);
        float itemDecay = items.get(FLOAT, item + DECAY);
        float userStep = RowKernels.step(rate, users.get(FLOAT, user + SQUARES));
        float itemStep = RowKernels.step(rate, items.get(FLOAT, item + SQUARES));
        float userSquares = 0;
        float itemSquares = 0;
        float share = userTable.share();
        long end = userTable.factorsEnd();
        for (long at = FACTORS; at < end; at += Float.BYTES) {
            float p = users.get(FLOAT, user + at);
            float q = items.get(FLOAT, item + at);
            float userGradient = slope * q - userDecay * p;
            float itemGradient = slope * p - itemDecay * q;
            users.set(FLOAT, user + at, p + userStep * userGradient);
            items.set(FLOAT, item + at, q + itemStep * itemGradient);
            userSquares += userGradient * userGradient;
            itemSquares += itemGradient * itemGradient;
        }
        addSquares(users, user, userSquares * share);
        addSquares(items, item, itemSquares * share);
    }

    static void tripleStep(
            RowTable userTable, long user, RowTable itemTable, long liked, long drawn, float slope, float rate) {
        MemorySegment users = userTable.segment();
        MemorySegment items = itemTable.segment();
        float userDecay = users.get(FLOAT, user + DECAY);
        float likedDecay = items.get(FLOAT, liked + DECAY);
        float drawnDecay = items.get(FLOAT, drawn + DECAY);
        float userStep = RowKernels.step(rate, users.get(FLOAT, user + SQUARES));
        float likedStep = RowKernels.step(rate, items.get(FLOAT, liked + SQUARES));
        float drawnStep = RowKernels.step(rate, items.get(FLOAT, drawn + SQUARES));
        float userSquares = 0;
        float likedSquares = 0;
        float drawnSquares = 0;
        float share = userTable.share();
        long end = userTable.factorsEnd();
        for (long at = FACTORS; at < end; at += Float.BYTES) {
            float p = users.get(FLOAT, user + at);
            float q = items.get(FLOAT, liked + at);
            float r = items.get(FLOAT, drawn + at);
            float userGradient = slope * (q - r) - userDecay * p;
            float likedGradient = slope * p - likedDecay * q;
            float drawnGradient = -slope * p - drawnDecay * r;
            users.set(FLOAT, user + at, p + userStep * userGradient);
            items.set(FLOAT, liked + at, q + likedStep * likedGradient);
            items.set(FLOAT, drawn + at, r + drawnStep * drawnGradient);
            userSquares += userGradient * userGradient;
            likedSquares += likedGradient * likedGradient;
            drawnSquares += drawnGradient * drawnGradient;
        }
        addSquares(users, user, userSquares * share);
        addSquares(items, liked, likedSquares * share);
        addSquares(items, drawn, drawnSquares * share);
    }

    static void addSquares(MemorySegment rows, long row, float meanSquare) {
        rows.set(FLOAT, row + SQUARES, rows.get(FLOAT, row + SQUARES) + meanSquare);
    }
}
