package dev.latent.benchmarks.quality;

/**
 * The numbers of {@code numpy.random.default_rng(seed)}, so that published folds can be cut again: the PCG64 generator
 * (O'Neill, "PCG: A family of simple fast space-efficient statistically good algorithms for random number generation", 2014;
 * the XSL-RR output of a 128-bit state), seeded by NumPy's {@code SeedSequence}. Not thread-safe.
 */
final class NumpyGenerator {

    private static final long MULTIPLIER_HIGH = 0x2360ED051FC65DA4L;
    private static final long MULTIPLIER_LOW = 0x4385DF649FCCF645L;
    private static final long WORD = 0xFFFFFFFFL;

    private long high;
    private long low;
    private final long incrementHigh;
    private final long incrementLow;
    private int spare;
    private boolean hasSpare;

    private NumpyGenerator(long[] seeds) {
        incrementHigh = (seeds[2] << 1) | (seeds[3] >>> 63);
        incrementLow = (seeds[3] << 1) | 1;
        step();
        add(seeds[0], seeds[1]);
        step();
    }

    /** The generator of a seed from 0 to 2³² − 1. */
    static NumpyGenerator of(long seed) {
        if (seed < 0 || seed > WORD) {
            throw new IllegalArgumentException("Seed " + seed + " is not from 0 to " + WORD);
        }
        return new NumpyGenerator(NumpySeeds.of((int) seed));
    }

    /** {@code permutation(size)}: the numbers below {@code size} in an order drawn from this generator. */
    int[] permutation(int size) {
        int[] order = new int[size];
        for (int index = 0; index < size; index++) {
            order[index] = index;
        }
        for (int index = size - 1; index > 0; index--) {
            int other = upTo(index);
            int moved = order[index];
            order[index] = order[other];
            order[other] = moved;
        }
        return order;
    }

    /** Uniform from 0 to {@code last}, at least 1: what exceeds it after masking is drawn again. */
    private int upTo(int last) {
        int mask = -1 >>> Integer.numberOfLeadingZeros(last);
        int value;
        do {
            value = next32() & mask;
        } while (value > last);
        return value;
    }

    /** The lower half of a number, and then its upper half. */
    private int next32() {
        if (hasSpare) {
            hasSpare = false;
            return spare;
        }
        long next = next64();
        hasSpare = true;
        spare = (int) (next >>> 32);
        return (int) next;
    }

    private long next64() {
        step();
        return Long.rotateRight(high ^ low, (int) (high >>> 58));
    }

    private void step() {
        long newHigh = Math.unsignedMultiplyHigh(low, MULTIPLIER_LOW) + high * MULTIPLIER_LOW + low * MULTIPLIER_HIGH;
        low *= MULTIPLIER_LOW;
        high = newHigh;
        add(incrementHigh, incrementLow);
    }

    private void add(long addHigh, long addLow) {
        low += addLow;
        high += addHigh + (Long.compareUnsigned(low, addLow) < 0 ? 1 : 0);
    }
}
