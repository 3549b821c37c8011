package dev.latent.math;

/**
 * A repeatable generator of random numbers with independent streams: xoshiro256++ (Blackman and Vigna, "Scrambled linear
 * pseudorandom number generators", ACM TOMS 47, 2021) whose state is filled by SplitMix64 (Steele, Lea and Flood,
 * "Fast splittable pseudorandom number generators", OOPSLA 2014).
 *
 * <p>Give each row or block its own stream number: the numbers then do not depend on the thread that draws them. The
 * sequence of a (seed, stream) pair is part of the contract and never changes. Not thread-safe.
 */
public final class SeededRandom {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final float FLOAT_UNIT = 0x1.0p-24f;
    private static final double DOUBLE_UNIT = 0x1.0p-53;

    private long s0;
    private long s1;
    private long s2;
    private long s3;
    private double spareGaussian;
    private boolean hasSpare;

    private SeededRandom(long seed, long stream) {
        reseed(seed, stream);
    }

    /** The generator of one stream under a seed; equal arguments give equal sequences, every long is valid. */
    public static SeededRandom of(long seed, long stream) {
        return new SeededRandom(seed, stream);
    }

    /**
     * Starts over as {@link #of} would, without allocating. The four words of the state are images of different keys under a
     * bijection, so they are never all zero, the one state xoshiro cannot leave.
     */
    public void reseed(long seed, long stream) {
        long key = mix(seed + GOLDEN_GAMMA) ^ mix(mix(stream) + GOLDEN_GAMMA);
        s0 = mix(key + GOLDEN_GAMMA);
        s1 = mix(key + GOLDEN_GAMMA + GOLDEN_GAMMA);
        s2 = mix(key + GOLDEN_GAMMA + GOLDEN_GAMMA + GOLDEN_GAMMA);
        s3 = mix(key + GOLDEN_GAMMA + GOLDEN_GAMMA + GOLDEN_GAMMA + GOLDEN_GAMMA);
        hasSpare = false;
    }

    /** The output function of SplitMix64, a bijection. */
    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Uniform over all 2⁶⁴ values. */
    public long nextLong() {
        long result = Long.rotateLeft(s0 + s3, 23) + s0;
        long shifted = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= shifted;
        s3 = Long.rotateLeft(s3, 45);
        return result;
    }

    /**
     * Uniform in [0, bound), without bias (Lemire, "Fast random integer generation in an interval", ACM TOMACS 29, 2019).
     *
     * @throws IllegalArgumentException when {@code bound} is below 1
     */
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound is %d, expected 1 or more".formatted(bound));
        }
        long product = (nextLong() >>> 32) * bound;
        if ((product & 0xFFFF_FFFFL) < bound) {
            long threshold = (1L << 32) % bound;
            while ((product & 0xFFFF_FFFFL) < threshold) {
                product = (nextLong() >>> 32) * bound;
            }
        }
        return (int) (product >>> 32);
    }

    /** Uniform in [0, 1), a multiple of 2⁻²⁴. */
    public float nextFloat() {
        return (nextLong() >>> 40) * FLOAT_UNIT;
    }

    /** Uniform in [0, 1), a multiple of 2⁻⁵³. */
    public double nextDouble() {
        return (nextLong() >>> 11) * DOUBLE_UNIT;
    }

    /**
     * Standard normal, by Marsaglia's polar method over {@link StrictMath}, so it is the same on every machine. Draws two
     * at a time and keeps the second.
     */
    public double nextGaussian() {
        if (hasSpare) {
            hasSpare = false;
            return spareGaussian;
        }
        double u;
        double v;
        double square;
        do {
            u = 2 * nextDouble() - 1;
            v = 2 * nextDouble() - 1;
            square = u * u + v * v;
        } while (square >= 1 || square == 0);
        double factor = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
        spareGaussian = v * factor;
        hasSpare = true;
        return u * factor;
    }

    /** Puts the array into a uniformly random order (Fisher and Yates, from the end). */
    public void shuffle(int[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = nextInt(i + 1);
            int swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }
}
