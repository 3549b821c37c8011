package dev.latent.benchmarks.kernels;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import dev.latent.benchmarks.report.Machine;
import java.util.List;
import java.util.Locale;

/**
 * Speed of the kernels on one core beside what the core and its memory can do, all of one run.
 *
 * @param machine where
 * @param peakGflops float32 multiply-adds without memory, an operation each for multiplication and addition
 * @param gramian by rank
 * @param cholesky by rank
 * @param scan exact search over a million items
 * @param evaluation of rankings over a full catalogue
 */
record KernelReport(
        Machine machine,
        double peakGflops,
        List<Gramian> gramian,
        List<CholeskySolve> cholesky,
        ExactSearch scan,
        Evaluation evaluation) {

    KernelReport {
        gramian = List.copyOf(gramian);
        cholesky = List.copyOf(cholesky);
    }

    /**
     * The Gramian of rows in cache.
     *
     * @param rank length of a row
     * @param rows how many
     * @param gflops d(d+1) operations a row
     * @param shareOfPeak of {@code peakGflops}
     */
    record Gramian(int rank, int rows, double gflops, double shareOfPeak) {}

    /**
     * One system factorised and solved.
     *
     * @param rank its order
     * @param micros our time
     * @param ejmlMicros EJML's time
     * @param timesEjml how many times faster ours is
     */
    record CholeskySolve(int rank, double micros, double ejmlMicros, double timesEjml) {}

    /**
     * The ten best of all items for one query.
     *
     * @param items how many
     * @param rank length of an item's vector
     * @param millis one search
     * @param gigabytesPerSecond of item vectors
     * @param readGigabytesPerSecond a bare read of the same bytes
     */
    record ExactSearch(int items, int rank, double millis, double gigabytesPerSecond, double readGigabytesPerSecond) {}

    /**
     * All items ranked for each of many users, and measured.
     *
     * @param users how many
     * @param items how many
     * @param rank length of a vector
     * @param millis one evaluation
     * @param gflops of the scores alone: 2·users·items·rank operations
     * @param shareOfPeak of {@code peakGflops}
     */
    record Evaluation(int users, int items, int rank, double millis, double gflops, double shareOfPeak) {}

    /** The report for people. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append("machine  ").append(machine).append('\n');
        add(text, "peak     %.1f GFLOP/s, float32 multiply-adds of one core%n%n", peakGflops);
        add(text, "%-22s %12s %10s%n", "Gramian, 100 rows", "GFLOP/s", "of peak");
        for (Gramian row : gramian) {
            add(text, "rank %-17d %12.1f %9.0f%%%n", row.rank(), row.gflops(), 100 * row.shareOfPeak());
        }
        add(text, "%n%-22s %12s %10s %12s%n", "Cholesky and solve", "µs", "EJML µs", "EJML / ours");
        for (CholeskySolve row : cholesky) {
            add(text, "rank %-17d %12.2f %10.2f %12.1f%n", row.rank(), row.micros(), row.ejmlMicros(), row.timesEjml());
        }
        add(
                text,
                "%nexact search of %,d x %d: %.2f ms, %.1f GB/s; a bare read %.1f GB/s",
                scan.items(),
                scan.rank(),
                scan.millis(),
                scan.gigabytesPerSecond(),
                scan.readGigabytesPerSecond());
        add(
                text,
                "%nevaluation of %,d users x %,d items, rank %d, top 100: %.0f ms, %.1f GFLOP/s, %.0f%% of peak",
                evaluation.users(),
                evaluation.items(),
                evaluation.rank(),
                evaluation.millis(),
                evaluation.gflops(),
                100 * evaluation.shareOfPeak());
        return text.toString();
    }

    @FormatMethod
    private static void add(StringBuilder text, @FormatString String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values));
    }
}
