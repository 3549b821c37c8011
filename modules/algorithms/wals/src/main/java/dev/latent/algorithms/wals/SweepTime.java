package dev.latent.algorithms.wals;

import dev.latent.math.ProcessorTime;
import dev.latent.math.SeededRandom;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.SnapshotShape;
import dev.latent.spi.SparseRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Foretells how long a sweep takes: the solver's operations on the snapshot's shape, at the rate at which this machine has
 * just solved some made-up rows, in processor time, so that others at work on the machine do not count. Waiting for memory
 * that a large side causes is not in the rate, and short rows solved by {@link DualRow} take less: a sweep takes between two
 * thirds of what is told and half as long again.
 */
final class SweepTime {

    private static final int ROWS = 16;
    private static final int SMALLEST_PAIRS = 64;
    private static final int COLUMNS = 1 << 13;

    /** Multiply-adds a second, by what was measured. */
    private static final Map<String, Double> RATES = new ConcurrentHashMap<>();

    private SweepTime() {}

    /** Returns seconds with all threads at work. */
    static double seconds(SnapshotShape shape, WalsOptions options, int threads) {
        SolverChoice.Work work = options.solver().work(options.objective().order(options.factors()));
        double operations = 2.0 * shape.interactions() * work.ofInteraction()
                + ((double) shape.users() + shape.items()) * work.ofRow();
        String key = options.solver() + " " + options.factors() + " " + options.objective();
        return operations / RATES.computeIfAbsent(key, _ -> rate(options, work)) / threads;
    }

    private static double rate(WalsOptions options, SolverChoice.Work work) {
        int pairs = Math.clamp(options.factors(), SMALLEST_PAIRS, COLUMNS / ROWS);
        try (Arena arena = Arena.ofConfined()) {
            Side side = madeUpSide(arena, options, pairs);
            Optional<FloatMatrix> biases = options.objective().explicit()
                    ? Optional.of(FloatMatrix.allocate(arena, COLUMNS, 1))
                    : Optional.empty();
            Side other = new Side(
                    side.interactions(),
                    madeUpFactors(arena, options),
                    biases,
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    side.blocks());
            FixedSide fixed = FixedSide.of(1, other, 0, options.objective(), new double[0]);
            RowWorker worker = new RowWorker(options.withRegularization(1), pairs, () -> {});
            double seconds = ProcessorTime.leastSeconds(() -> {
                for (int row = 0; row < ROWS; row++) {
                    worker.solve(side, fixed, row);
                }
                return side.factors().get(0, 0);
            });
            return ROWS * (pairs * work.ofInteraction() + work.ofRow()) / seconds;
        }
    }

    private static Side madeUpSide(Arena arena, WalsOptions options, int pairs) {
        MemorySegment offsets = arena.allocate((ROWS + 1L) * Long.BYTES);
        MemorySegment indices = arena.allocate((long) ROWS * pairs * Integer.BYTES);
        MemorySegment values = arena.allocate((long) ROWS * pairs * Float.BYTES);
        for (int entry = 0; entry < ROWS * pairs; entry++) {
            indices.setAtIndex(SparseRows.INT32, entry, entry % pairs * (COLUMNS / pairs) + entry / pairs);
            values.setAtIndex(SparseRows.FLOAT32, entry, (float)
                    Math.max(1, options.objective().minimumValue()));
        }
        for (int row = 0; row <= ROWS; row++) {
            offsets.setAtIndex(SparseRows.INT64, row, (long) row * pairs);
        }
        SparseRows rows = new SparseRows(ROWS, COLUMNS, offsets, indices, values, MemorySegment.NULL);
        return Side.allocate(arena, rows, Optional.empty(), options);
    }

    private static FloatMatrix madeUpFactors(Arena arena, WalsOptions options) {
        FloatMatrix factors = FloatMatrix.allocate(arena, COLUMNS, options.factors());
        SeededRandom random = SeededRandom.of(1, 1);
        for (long element = 0; element < (long) COLUMNS * options.factors(); element++) {
            factors.segment().setAtIndex(FloatMatrix.ELEMENT, element, random.nextFloat() - 0.5f);
        }
        return factors;
    }
}
