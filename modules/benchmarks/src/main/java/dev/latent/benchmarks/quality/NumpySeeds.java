package dev.latent.benchmarks.quality;

/** NumPy's {@code SeedSequence} of one 32-bit word: a pool of four hashed words, and the state words drawn from it. */
final class NumpySeeds {

    private static final int POOL = 4;
    private static final int INITIAL_A = 0x43B0D7E5;
    private static final int FACTOR_A = 0x931E8875;
    private static final int INITIAL_B = 0x8B51F9DD;
    private static final int FACTOR_B = 0x58F38DED;
    private static final int MIX_LEFT = 0xCA01F9DD;
    private static final int MIX_RIGHT = 0x4973F715;
    private static final int SHIFT = 16;

    private final int[] pool = new int[POOL];
    private int hash = INITIAL_A;

    private NumpySeeds(int entropy) {
        for (int word = 0; word < POOL; word++) {
            pool[word] = hashed(word == 0 ? entropy : 0);
        }
        for (int from = 0; from < POOL; from++) {
            for (int to = 0; to < POOL; to++) {
                if (from != to) {
                    pool[to] = mixed(pool[to], hashed(pool[from]));
                }
            }
        }
    }

    /** {@code SeedSequence(entropy).generate_state(4, numpy.uint64)}. */
    static long[] of(int entropy) {
        int[] pool = new NumpySeeds(entropy).pool;
        long[] state = new long[POOL];
        int hash = INITIAL_B;
        for (int word = 0; word < 2 * POOL; word++) {
            int value = pool[word % POOL] ^ hash;
            hash *= FACTOR_B;
            value *= hash;
            value ^= value >>> SHIFT;
            state[word / 2] |= Integer.toUnsignedLong(value) << (32 * (word % 2));
        }
        return state;
    }

    private int hashed(int word) {
        int value = word ^ hash;
        hash *= FACTOR_A;
        value *= hash;
        return value ^ (value >>> SHIFT);
    }

    private static int mixed(int left, int right) {
        int value = MIX_LEFT * left - MIX_RIGHT * right;
        return value ^ (value >>> SHIFT);
    }
}
