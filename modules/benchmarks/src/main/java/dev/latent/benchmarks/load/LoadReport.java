package dev.latent.benchmarks.load;

import dev.latent.benchmarks.report.Machine;
import java.util.Locale;

/**
 * Recommendations beside bare health checks, in alternating rounds of one run.
 *
 * @param server where
 * @param model that was asked
 * @param users how many different ones were asked for, in turn
 * @param k items a call
 * @param concurrency calls at a time
 * @param connections over which they were spread
 * @param rounds of each kind
 * @param recommend what {@code Recommend} came to
 * @param healthCheck what {@code grpc.health.v1.Health/Check} came to
 * @param fallbacks answers that were not the user's own
 * @param machine of the client
 */
record LoadReport(
        String server,
        String model,
        int users,
        int k,
        int concurrency,
        int connections,
        int rounds,
        LoadFigures recommend,
        LoadFigures healthCheck,
        long fallbacks,
        Machine machine) {

    /** The report for people. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append("machine  ").append(machine).append('\n');
        text.append(String.format(
                Locale.ROOT,
                "load     %s, model %s, %,d users, k %d, %d at a time over %d connections, medians of %d alternating"
                        + " rounds%n%n",
                server,
                model,
                users,
                k,
                concurrency,
                connections,
                rounds));
        text.append(String.format(
                Locale.ROOT,
                "%-14s %9s %8s %11s %9s %9s %9s %9s%n",
                "call",
                "calls",
                "errors",
                "requests/s",
                "p50 µs",
                "p90 µs",
                "p99 µs",
                "p99.9 µs"));
        text.append(line("Recommend", recommend)).append(line("health Check", healthCheck));
        recommend.errorsByKind().forEach((kind, count) -> text.append(count + " x " + kind + '\n'));
        healthCheck.errorsByKind().forEach((kind, count) -> text.append(count + " x " + kind + '\n'));
        if (fallbacks > 0) {
            text.append(
                    String.format(Locale.ROOT, "%,d answers were fallbacks: users without interactions%n", fallbacks));
        }
        return text.toString().stripTrailing();
    }

    private static String line(String name, LoadFigures figures) {
        return String.format(
                Locale.ROOT,
                "%-14s %,9d %,8d %,11.0f %,9.0f %,9.0f %,9.0f %,9.0f%n",
                name,
                figures.calls(),
                figures.errors(),
                figures.requestsPerSecond(),
                figures.p50Micros(),
                figures.p90Micros(),
                figures.p99Micros(),
                figures.p999Micros());
    }
}
