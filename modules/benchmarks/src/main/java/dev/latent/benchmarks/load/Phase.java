package dev.latent.benchmarks.load;

import java.util.Map;

/**
 * What one stretch of calls of one kind came to.
 *
 * @param nanos one a call
 * @param wallNanos from the first start to the last answer
 * @param errors how many calls failed, by what went wrong
 */
@SuppressWarnings("ArrayRecordComponent")
record Phase(long[] nanos, long wallNanos, Map<String, Integer> errors) {

    double perSecond() {
        return nanos.length * 1e9 / wallNanos;
    }
}
