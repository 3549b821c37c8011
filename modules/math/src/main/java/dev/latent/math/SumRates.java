package dev.latent.math;

import java.util.concurrent.ConcurrentHashMap;

/**
 * How fast one thread of this machine sums, in processor time, so that others at work on the machine do not count: what
 * estimates of time are made of. Measured once for a process, in a second or two each. Thread-safe.
 */
public final class SumRates {

    private static final int INVERTED_ROWS = 1024;
    private static final int SCATTERED = 1 << 16;

    /** A wider row is out of the caches as well. */
    private static final int WIDEST = 1 << 18;

    private static final ConcurrentHashMap<String, Double> RATES = new ConcurrentHashMap<>();

    private SumRates() {}

    /**
     * Returns how fast {@link SymmetricInverse} works.
     *
     * @return multiply-adds a second, of which the inverse of n rows takes n³
     */
    public static double inverted() {
        return RATES.computeIfAbsent("inverted", _ -> {
            try (WorkerPool pool = new WorkerPool(1)) {
                double operations = Math.pow(INVERTED_ROWS, 3);
                return operations
                        / ProcessorTime.leastSeconds(() -> {
                            double[][] rows = SymmetricInverse.allocate(INVERTED_ROWS);
                            for (int row = 0; row < INVERTED_ROWS; row++) {
                                rows[row][row] = 1;
                            }
                            SymmetricInverse.invert(rows, pool, () -> {});
                            return rows[0][0];
                        });
            }
        });
    }

    /**
     * Returns how fast products are added to places all over a row, read from sparse entries.
     *
     * @param columns of the row, at least 1
     * @return products a second
     */
    public static double scattered(int columns) {
        int width = Math.clamp(Integer.highestOneBit(columns), 1, WIDEST);
        return RATES.computeIfAbsent("scattered " + width, _ -> {
            double[] row = new double[width];
            int[] places = new int[SCATTERED];
            float[] values = new float[SCATTERED];
            SeededRandom random = SeededRandom.of(1, 1);
            for (int entry = 0; entry < SCATTERED; entry++) {
                places[entry] = random.nextInt(width);
                values[entry] = random.nextFloat();
            }
            return SCATTERED
                    / ProcessorTime.leastSeconds(() -> {
                        for (int entry = 0; entry < SCATTERED; entry++) {
                            row[places[entry]] += 0.5 * values[entry];
                        }
                        return row[0];
                    });
        });
    }
}
