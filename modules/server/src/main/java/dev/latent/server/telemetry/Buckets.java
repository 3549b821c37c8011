package dev.latent.server.telemetry;

import java.time.Duration;
import java.util.stream.LongStream;

/** The upper bounds of histograms: 1, 2 and 5 of each power of ten. */
final class Buckets {

    private static final long MICROSECOND = 1_000;

    private Buckets() {}

    /** From 10 µs, where a call answered from memory is, to a minute. */
    static Duration[] calls() {
        return upTo(10 * MICROSECOND, Duration.ofMinutes(1).toNanos());
    }

    /** From 100 µs, where a fast disk is, to ten seconds. */
    static Duration[] disk() {
        return upTo(100 * MICROSECOND, Duration.ofSeconds(10).toNanos());
    }

    /** From 100 ms to a day. */
    static Duration[] work() {
        return upTo(100_000 * MICROSECOND, Duration.ofDays(1).toNanos());
    }

    private static Duration[] upTo(long first, long last) {
        return LongStream.iterate(first, power -> power <= last, power -> power * 10)
                .flatMap(power -> LongStream.of(power, 2 * power, 5 * power))
                .filter(bound -> bound <= last)
                .mapToObj(Duration::ofNanos)
                .toArray(Duration[]::new);
    }
}
