package dev.latent.evaluation;

import dev.latent.spi.Snapshot;
import java.lang.foreign.Arena;
import java.util.Locale;

/**
 * How interactions are parted into some to learn from and some to measure with: a named, seeded rule. The same snapshot,
 * rule and seed give the same parts. Immutable.
 *
 * <p>As text: {@code leave-last-out}, {@code latest-share:0.1}, {@code random:0.2}, {@code temporal:0.1}.
 */
public sealed interface Split {

    /** The share that is held out when the text names none. */
    double DEFAULT_FRACTION = 0.1;

    /**
     * Holds out the latest interaction of every user who has at least two; of equal times, and so of unknown ones, one is
     * drawn by the seed.
     */
    record LeaveLastOut() implements Split {
        @Override
        public String toString() {
            return "leave-last-out";
        }
    }

    /**
     * Holds out the latest share of every user's interactions: {@code floor(fraction·n)} of {@code n}, at least one of a
     * user who has two; of equal times, and so of unknown ones, those are taken that the seed draws. Where users have short
     * histories it is {@link LeaveLastOut}; where they have long ones it measures the same with less chance in it.
     *
     * @param fraction above 0, below 1
     */
    record LatestShare(double fraction) implements Split {

        /** Checks the range. */
        public LatestShare {
            checkFraction("latest-share", fraction);
        }

        @Override
        public String toString() {
            return "latest-share:" + fraction;
        }
    }

    /**
     * Holds out a share of each user's interactions, drawn without replacement: {@code floor(fraction·n + x)} of {@code n}
     * with {@code x} uniform in [0, 1), but never the user's last remaining one.
     *
     * @param fraction above 0, below 1
     */
    record Random(double fraction) implements Split {

        /** Checks the range. */
        public Random {
            checkFraction("random", fraction);
        }

        @Override
        public String toString() {
            return "random:" + fraction;
        }
    }

    /**
     * Holds out the latest share of all interactions: those later than the earliest moment after which at most {@code
     * fraction} of them lie. Interactions of one moment stay together. Needs times; users may end up without any training
     * interaction.
     *
     * @param fraction above 0, below 1
     */
    record Temporal(double fraction) implements Split {

        /** Checks the range. */
        public Temporal {
            checkFraction("temporal", fraction);
        }

        @Override
        public String toString() {
            return "temporal:" + fraction;
        }
    }

    /**
     * Reads a split from its text.
     *
     * @param text see {@link Split}
     * @return the split that writes itself so
     * @throws IllegalArgumentException when it is none
     */
    static Split parse(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        return switch (name) {
            case "leave-last-out" -> {
                if (colon >= 0) {
                    throw unknown(text);
                }
                yield new LeaveLastOut();
            }
            case "latest-share" -> new LatestShare(parseFraction(text, colon));
            case "random" -> new Random(parseFraction(text, colon));
            case "temporal" -> new Temporal(parseFraction(text, colon));
            default -> throw unknown(text);
        };
    }

    private static double parseFraction(String text, int colon) {
        if (colon < 0) {
            return DEFAULT_FRACTION;
        }
        try {
            return Double.parseDouble(text.substring(colon + 1));
        } catch (NumberFormatException e) {
            throw unknown(text);
        }
    }

    private static IllegalArgumentException unknown(String text) {
        return new IllegalArgumentException("Split '" + text
                + "' is not one of leave-last-out, latest-share:FRACTION, random:FRACTION," + " temporal:FRACTION");
    }

    private static void checkFraction(String name, double fraction) {
        if (!(fraction > 0 && fraction < 1)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "Split '%s' needs a fraction above 0 and below 1, got %s", name, fraction));
        }
    }

    /**
     * Parts a snapshot.
     *
     * @param snapshot what to part; read only
     * @param seed of every draw
     * @param arena owns the memory of both parts: together as large as the snapshot
     * @return two snapshots with the same users, items and features
     * @throws IllegalArgumentException when the split needs times and the snapshot has none
     */
    default SplitSnapshot apply(Snapshot snapshot, long seed, Arena arena) {
        return Splitter.split(this, snapshot, seed, arena);
    }
}
