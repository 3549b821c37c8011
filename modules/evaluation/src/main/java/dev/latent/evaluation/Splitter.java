package dev.latent.evaluation;

import dev.latent.math.SeededRandom;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Comparator;

/** Chooses the interactions that a {@link Split} holds out and builds both parts. */
final class Splitter {

    private Splitter() {}

    static SplitSnapshot split(Split split, Snapshot snapshot, long seed, Arena arena) {
        SparseRows rows = snapshot.byUser();
        try (Arena scratch = Arena.ofConfined()) {
            PositionSet held = new PositionSet(scratch, rows.count());
            switch (split) {
                case Split.LeaveLastOut _ -> holdLast(rows, seed, held);
                case Split.LatestShare share -> holdLatestShare(rows, seed, share.fraction(), held);
                case Split.Random random -> holdRandom(rows, seed, random.fraction(), held);
                case Split.Temporal temporal -> holdLatest(rows, temporal.fraction(), held);
            }
            String origin = split + " seed " + seed;
            return new SplitSnapshot(
                    PartSnapshot.of(snapshot, held, false, origin, arena),
                    PartSnapshot.of(snapshot, held, true, origin, arena));
        }
    }

    private static void holdLast(SparseRows rows, long seed, PositionSet held) {
        SeededRandom random = SeededRandom.of(seed, 0);
        for (int user = 0; user < rows.rows(); user++) {
            if (rows.length(user) > 1) {
                random.reseed(seed, user);
                held.add(drawLatest(rows, user, random));
            }
        }
    }

    /** Reservoir sampling among the interactions of the latest time. */
    private static long drawLatest(SparseRows rows, int user, SeededRandom random) {
        long chosen = rows.start(user);
        int ties = 1;
        for (long position = chosen + 1; position < rows.end(user); position++) {
            long time = rows.time(position);
            long latest = rows.time(chosen);
            if (time > latest) {
                chosen = position;
                ties = 1;
            } else if (time == latest && random.nextInt(++ties) == 0) {
                chosen = position;
            }
        }
        return chosen;
    }

    /** Sorts each row by time, rows of one time in the order of a draw. */
    private static void holdLatestShare(SparseRows rows, long seed, double fraction, PositionSet held) {
        SeededRandom random = SeededRandom.of(seed, 0);
        for (int user = 0; user < rows.rows(); user++) {
            int length = rows.length(user);
            if (length > 1) {
                random.reseed(seed, user);
                int[] order = new int[length];
                Arrays.setAll(order, index -> index);
                random.shuffle(order);
                long start = rows.start(user);
                long count = Math.max(1, (long) (fraction * length));
                Arrays.stream(order)
                        .boxed()
                        .sorted(Comparator.comparingLong(index -> -rows.time(start + index)))
                        .limit(count)
                        .forEach(index -> held.add(start + index));
            }
        }
    }

    /** Knuth's selection sampling (TAOCP 3.4.2, algorithm S) in each row. */
    private static void holdRandom(SparseRows rows, long seed, double fraction, PositionSet held) {
        SeededRandom random = SeededRandom.of(seed, 0);
        for (int user = 0; user < rows.rows(); user++) {
            random.reseed(seed, user);
            int length = rows.length(user);
            int needed = Math.min(length - 1, (int) Math.floor(fraction * length + random.nextDouble()));
            int left = length;
            for (long position = rows.start(user); needed > 0; position++, left--) {
                if (random.nextInt(left) < needed) {
                    held.add(position);
                    needed--;
                }
            }
        }
    }

    private static void holdLatest(SparseRows rows, double fraction, PositionSet held) {
        long cutoff = findCutoff(rows, (long) Math.floor(fraction * rows.count()));
        for (long position = 0; position < rows.count(); position++) {
            if (rows.time(position) > cutoff) {
                held.add(position);
            }
        }
    }

    /** The earliest time after which at most {@code limit} interactions lie, by bisection over the range of times. */
    private static long findCutoff(SparseRows rows, long limit) {
        long low = Long.MAX_VALUE;
        long high = Long.MIN_VALUE;
        for (long position = 0; position < rows.count(); position++) {
            low = Math.min(low, rows.time(position));
            high = Math.max(high, rows.time(position));
        }
        if (high == low || rows.count() == 0) {
            throw new IllegalArgumentException("Split 'temporal' needs interactions at different times, got "
                    + rows.count() + " interactions"
                    + (rows.count() == 0 ? "" : " all at time " + low)
                    + "; use leave-last-out or random");
        }
        while (low < high) {
            long middle = low + ((high - low) >>> 1);
            if (countLater(rows, middle) <= limit) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static long countLater(SparseRows rows, long time) {
        long later = 0;
        for (long position = 0; position < rows.count(); position++) {
            later += rows.time(position) > time ? 1 : 0;
        }
        return later;
    }
}
