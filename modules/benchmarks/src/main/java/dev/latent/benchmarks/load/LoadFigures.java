package dev.latent.benchmarks.load;

import dev.latent.benchmarks.report.Statistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Calls of one kind over all rounds: each figure is the median of the rounds' own.
 *
 * @param calls how many were counted
 * @param errors how many failed
 * @param errorsByKind the same by what went wrong
 * @param requestsPerSecond answered by the server
 * @param p50Micros half of the calls took at most this long
 * @param p90Micros nine in ten
 * @param p99Micros 99 in 100
 * @param p999Micros 999 in 1000
 * @param requestsPerSecondOfRounds one a round, to show the spread
 */
record LoadFigures(
        int calls,
        int errors,
        Map<String, Integer> errorsByKind,
        double requestsPerSecond,
        double p50Micros,
        double p90Micros,
        double p99Micros,
        double p999Micros,
        List<Double> requestsPerSecondOfRounds) {

    static LoadFigures of(List<Phase> rounds) {
        Map<String, Integer> errors = new TreeMap<>();
        rounds.forEach(round -> round.errors().forEach((kind, count) -> errors.merge(kind, count, Integer::sum)));
        List<Percentiles> times =
                rounds.stream().map(round -> new Percentiles(round.nanos())).toList();
        List<Double> rates = rounds.stream().map(Phase::perSecond).toList();
        return new LoadFigures(
                rounds.stream().mapToInt(round -> round.nanos().length).sum(),
                errors.values().stream().mapToInt(Integer::intValue).sum(),
                errors,
                Statistics.median(rates),
                median(times, 0.5),
                median(times, 0.9),
                median(times, 0.99),
                median(times, 0.999),
                rates);
    }

    private static double median(List<Percentiles> rounds, double share) {
        return Statistics.median(
                rounds.stream().map(round -> round.micros(share)).toList());
    }
}
