package dev.latent.algorithms.sgd;

import dev.latent.math.SeededRandom;
import dev.latent.spi.ResourceEstimate;
import dev.latent.spi.SnapshotShape;
import java.lang.foreign.Arena;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * What a run needs, from the shape of its snapshot alone: the arrays that {@link BlockSchedule}, {@link RowTable},
 * {@link FeatureVectors} and the exported model allocate, and the time of its steps as measured on rows of the same length.
 * Thread-safe.
 */
final class RunEstimate {

    /** User, item and value of an interaction in a {@link BlockSchedule}. */
    private static final long BYTES_PER_INTERACTION = 12;

    /** State, number and counts of a row. */
    private static final long HEAP_BYTES_PER_ROW = (RowTable.STATE + 6L) * Float.BYTES;

    /** Row and weight of an entry of a feature matrix; a feature has at least one entry and a vector. */
    private static final long BYTES_PER_FEATURE_ENTRY = 8;

    /** Of the draws that warp may make, what it makes for an interaction, each half a step. */
    private static final double DRAWN_SHARE = 0.1;

    private static final int ROWS = 512;
    private static final int STEPS = 40_000;
    private static final int ROUNDS = 5;
    private static final Map<Integer, Double> SECONDS_PER_STEP = new ConcurrentHashMap<>();

    private RunEstimate() {}

    static ResourceEstimate of(SnapshotShape shape, SgdSettings settings, int threads) {
        double seconds = shape.interactions()
                * stepsPerInteraction(shape, settings)
                * SECONDS_PER_STEP.computeIfAbsent(settings.factors(), RunEstimate::measure)
                / threads;
        return bytes(shape, settings, seconds);
    }

    /** The same with the time left out. */
    static ResourceEstimate bytes(SnapshotShape shape, SgdSettings settings) {
        return bytes(shape, settings, 0);
    }

    private static ResourceEstimate bytes(SnapshotShape shape, SgdSettings settings, double seconds) {
        double rows = (double) shape.users() + shape.items();
        double factors = RowTable.factorBytes(settings.factors());
        double heap = rows * HEAP_BYTES_PER_ROW + (double) shape.interactions() * BYTES_PER_INTERACTION;
        double offHeap = rows * (factors + (settings.factors() + 1.0) * Float.BYTES);
        double userEntries = settings.userFeatures() == Features.NONE ? 0 : shape.userFeatureEntries();
        double itemEntries = settings.itemFeatures() == Features.NONE ? 0 : shape.itemFeatureEntries();
        itemEntries += settings.featurePairs() > 0 ? pairs(itemEntries, shape.items()) : 0;
        heap += (userEntries + itemEntries) * (BYTES_PER_FEATURE_ENTRY + factors);
        offHeap += (userEntries > 0 ? shape.users() : 0) * factors + (itemEntries > 0 ? shape.items() : 0) * factors;
        return new ResourceEstimate((long) heap, (long) offHeap, settings.epochs(), seconds); // casts saturate
    }

    /** Twice as many pairs as there would be if all items had equally many features. */
    private static double pairs(double entries, int items) {
        return entries * Math.max(0, entries / Math.max(1, items) - 1);
    }

    /** A ranking step moves three rows and draws an item, about twice what a rating costs; to score one costs half of it. */
    private static double stepsPerInteraction(SnapshotShape shape, SgdSettings settings) {
        return switch (settings.loss()) {
            case SQUARED -> 1;
            case LOGISTIC -> 1 + settings.negatives() * (1 + scored(shape, settings));
            case BPR -> settings.negatives() * (2 + scored(shape, settings));
            case WARP -> 2 + settings.negatives() * DRAWN_SHARE;
        };
    }

    /** What scoring the candidates of a negative costs. */
    private static double scored(SnapshotShape shape, SgdSettings settings) {
        int candidates = settings.candidates(shape.items());
        return candidates == 1 ? 0 : candidates / 2.0;
    }

    /** Seconds for a rating at a rank, the least of a few rounds after as many to compile. */
    private static double measure(int rank) {
        try (Arena arena = Arena.ofConfined()) {
            int[] numbers = IntStream.range(0, ROWS).toArray();
            RowTable users = new RowTable(arena, numbers, rank, false);
            RowTable items = new RowTable(arena, numbers, rank, false);
            SeededRandom random = SeededRandom.of(1, 1);
            for (int row = 0; row < ROWS; row++) {
                users.startSquares(row, 1);
                items.startSquares(row, 1);
                users.setFactor(row, 0, random.nextFloat());
            }
            int steps = Math.max(ROWS, STEPS / (1 + rank / 64));
            int[] drawn =
                    IntStream.range(0, steps).map(step -> random.nextInt(ROWS)).toArray();
            int[] sorted = IntStream.range(0, steps)
                    .map(step -> (int) ((long) step * ROWS / steps))
                    .toArray();
            Ratings ratings = new Ratings(sorted, drawn, new float[steps], 0, steps);
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 2 * ROUNDS; round++) {
                long start = System.nanoTime();
                RowKernels.descendSquared(users, items, ratings, RatingScale.NONE, 0.01f);
                least = round < ROUNDS ? least : Math.min(least, System.nanoTime() - start);
            }
            return least / 1e9 / steps;
        }
    }
}
