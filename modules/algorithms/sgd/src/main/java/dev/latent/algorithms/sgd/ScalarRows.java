package dev.latent.algorithms.sgd;

import static dev.latent.algorithms.sgd.RowTable.DECAY;
import static dev.latent.algorithms.sgd.RowTable.FLOAT;
import static dev.latent.algorithms.sgd.RowTable.ROOT;

import java.lang.foreign.MemorySegment;

/** {@link RowKernels} by plain loops. */
final class ScalarRows {

    private ScalarRows() {}

    static float dot(RowTable aTable, int aRow, RowTable bTable, int bRow) {
        MemorySegment a = aTable.segment();
        MemorySegment b = bTable.segment();
        long aStart = aRow * aTable.stride();
        long bStart = bRow * bTable.stride();
        float even = 0;
        float odd = 0;
        for (long at = 0; at < aTable.stride(); at += 2 * Float.BYTES) {
            even += a.get(FLOAT, aStart + at) * b.get(FLOAT, bStart + at);
            odd += a.get(FLOAT, aStart + at + Float.BYTES) * b.get(FLOAT, bStart + at + Float.BYTES);
        }
        return even + odd;
    }

    static void pairStep(RowTable userTable, int user, RowTable itemTable, int item, float slope, float rate) {
        MemorySegment users = userTable.segment();
        MemorySegment items = itemTable.segment();
        long userStart = user * userTable.stride();
        long itemStart = item * itemTable.stride();
        float userDecay = userTable.get(user, DECAY);
        float itemDecay = itemTable.get(item, DECAY);
        long userPrior = user * userTable.priorStride();
        long itemPrior = item * itemTable.priorStride();
        float userStep = rate * userTable.get(user, ROOT);
        float itemStep = rate * itemTable.get(item, ROOT);
        float userSquares = 0;
        float itemSquares = 0;
        for (long at = 0; at < userTable.stride(); at += Float.BYTES) {
            float p = users.get(FLOAT, userStart + at);
            float q = items.get(FLOAT, itemStart + at);
            float userGradient = slope * q - userDecay * (p - userTable.priors().get(FLOAT, userPrior + at));
            float itemGradient = slope * p - itemDecay * (q - itemTable.priors().get(FLOAT, itemPrior + at));
            users.set(FLOAT, userStart + at, p + userStep * userGradient);
            items.set(FLOAT, itemStart + at, q + itemStep * itemGradient);
            userSquares += userGradient * userGradient;
            itemSquares += itemGradient * itemGradient;
        }
        RowKernels.grow(userTable, user, userSquares);
        RowKernels.grow(itemTable, item, itemSquares);
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
        long userStart = user * userTable.stride();
        long likedStart = liked * itemTable.stride();
        long drawnStart = drawn * itemTable.stride();
        float decay = userTable.get(user, DECAY);
        long prior = user * userTable.priorStride();
        float step = rate * userTable.get(user, ROOT);
        float squares = 0;
        for (long at = 0; at < userTable.stride(); at += Float.BYTES) {
            float p = users.get(FLOAT, userStart + at);
            float gradient = likedSlope * items.get(FLOAT, likedStart + at)
                    + drawnSlope * items.get(FLOAT, drawnStart + at)
                    - decay * (p - userTable.priors().get(FLOAT, prior + at));
            users.set(FLOAT, userStart + at, p + step * gradient);
            squares += gradient * gradient;
        }
        RowKernels.grow(userTable, user, squares);
    }

    static void tripleStep(
            RowTable userTable, int user, RowTable itemTable, int liked, int drawn, float slope, float rate) {
        MemorySegment users = userTable.segment();
        MemorySegment items = itemTable.segment();
        long userStart = user * userTable.stride();
        long likedStart = liked * itemTable.stride();
        long drawnStart = drawn * itemTable.stride();
        float userDecay = userTable.get(user, DECAY);
        float likedDecay = itemTable.get(liked, DECAY);
        float drawnDecay = itemTable.get(drawn, DECAY);
        MemorySegment priors = itemTable.priors();
        long userPrior = user * userTable.priorStride();
        long likedPrior = liked * itemTable.priorStride();
        long drawnPrior = drawn * itemTable.priorStride();
        float userStep = rate * userTable.get(user, ROOT);
        float likedStep = rate * itemTable.get(liked, ROOT);
        float drawnStep = rate * itemTable.get(drawn, ROOT);
        float userSquares = 0;
        float likedSquares = 0;
        float drawnSquares = 0;
        for (long at = 0; at < userTable.stride(); at += Float.BYTES) {
            float p = users.get(FLOAT, userStart + at);
            float q = items.get(FLOAT, likedStart + at);
            float r = items.get(FLOAT, drawnStart + at);
            float userGradient =
                    slope * (q - r) - userDecay * (p - userTable.priors().get(FLOAT, userPrior + at));
            float likedGradient = slope * p - likedDecay * (q - priors.get(FLOAT, likedPrior + at));
            float drawnGradient = -slope * p - drawnDecay * (r - priors.get(FLOAT, drawnPrior + at));
            users.set(FLOAT, userStart + at, p + userStep * userGradient);
            items.set(FLOAT, likedStart + at, q + likedStep * likedGradient);
            items.set(FLOAT, drawnStart + at, r + drawnStep * drawnGradient);
            userSquares += userGradient * userGradient;
            likedSquares += likedGradient * likedGradient;
            drawnSquares += drawnGradient * drawnGradient;
        }
        RowKernels.grow(userTable, user, userSquares);
        RowKernels.grow(itemTable, liked, likedSquares);
        RowKernels.grow(itemTable, drawn, drawnSquares);
    }
}
