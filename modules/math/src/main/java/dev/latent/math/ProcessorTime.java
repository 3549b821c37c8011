package dev.latent.math;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.DoubleSupplier;

/**
 * What a piece of work takes the calling thread, in processor time, so that others at work on the machine do not count: what
 * estimates of time are made of. Thread-safe.
 */
public final class ProcessorTime {

    /** How long no round may have been clearly faster than those before: a young process still compiles. */
    private static final long SETTLED_NANOSECONDS = 400_000_000;

    private static final long LONGEST_NANOSECONDS = 4_000_000_000L;
    private static final double CLEARLY = 0.9;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private ProcessorTime() {}

    /**
     * Repeats a round until rounds no longer become clearly faster, a second or two, at most about four.
     *
     * @param round returns something of what it came to, so that it is not idle; not NaN
     * @return seconds of the fastest round, above 0
     */
    public static double leastSeconds(DoubleSupplier round) {
        double least = Double.POSITIVE_INFINITY;
        double sum = 0;
        long begin = now();
        long start = begin;
        long improved = begin;
        do {
            sum += round.getAsDouble();
            long end = now();
            improved = end - start < CLEARLY * least ? end : improved;
            least = Math.min(least, Math.max(1.0, (double) (end - start)));
            start = end;
        } while (start - improved < SETTLED_NANOSECONDS && start - begin < LONGEST_NANOSECONDS);
        if (Double.isNaN(sum)) {
            throw new IllegalStateException("A round that is timed came to NaN, expected a number");
        }
        return least / 1e9;
    }

    private static long now() {
        return THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }
}
