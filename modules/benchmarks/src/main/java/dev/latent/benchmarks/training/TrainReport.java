package dev.latent.benchmarks.training;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import dev.latent.benchmarks.data.TrainingData;
import dev.latent.benchmarks.report.Machine;
import dev.latent.benchmarks.report.Statistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What one training took and reached.
 *
 * @param data the set
 * @param protocol how train and test were parted
 * @param algorithm its name
 * @param hyperparameters all of them
 * @param seed of the training
 * @param threads it ran with
 * @param users trained on
 * @param items trained on
 * @param interactions trained on
 * @param secondsPerSweep one a sweep; the first holds the set-up
 * @param medianSecondsPerSweep of all but the first, when there are more
 * @param interactionsPerSecond training interactions over the median
 * @param trainingSeconds from the start of the training to the model
 * @param quality metrics by name; those of baselines have their name behind
 * @param facts of the data set
 * @param peakRssBytes highest resident memory during the training
 * @param rssBeforeBytes resident memory just before: runtime and snapshot
 * @param peakRssOfTraining false when the system could not start the peak anew, so that it is the whole process's
 * @param machine where
 */
record TrainReport(
        String data,
        String protocol,
        String algorithm,
        Map<String, String> hyperparameters,
        long seed,
        int threads,
        int users,
        int items,
        long interactions,
        List<Double> secondsPerSweep,
        double medianSecondsPerSweep,
        double interactionsPerSecond,
        double trainingSeconds,
        Map<String, Double> quality,
        Map<String, Double> facts,
        long peakRssBytes,
        long rssBeforeBytes,
        boolean peakRssOfTraining,
        Machine machine) {

    /** Seconds of each sweep, and of the whole training. */
    record Times(List<Double> sweeps, double total) {}

    /** Resident bytes before and at the peak; whether the peak is that of the training alone. */
    record Memory(long before, long peak, boolean ofTraining) {}

    static TrainReport of(
            TrainBenchmark run,
            TrainingData data,
            Times times,
            Map<String, Double> quality,
            Memory memory,
            Machine machine) {
        List<Double> sweeps = times.sweeps();
        double median = sweeps.isEmpty()
                ? times.total()
                : Statistics.median(sweeps.size() > 1 ? sweeps.subList(1, sweeps.size()) : sweeps);
        return new TrainReport(
                data.name(),
                data.protocol(),
                run.algorithm().name(),
                run.hyperparameters().asMap(),
                run.seed(),
                run.threads(),
                data.train().userCount(),
                data.train().itemCount(),
                data.train().interactionCount(),
                sweeps,
                median,
                data.train().interactionCount() / median,
                times.total(),
                quality,
                data.facts(),
                memory.peak(),
                memory.before(),
                memory.ofTraining(),
                machine);
    }

    /** The report for people. */
    String text() {
        StringBuilder text = new StringBuilder();
        line(text, "machine", "%s", machine);
        line(text, "data", "%s: %,d users, %,d items, %,d interactions to train on", data, users, items, interactions);
        line(text, "split", "%s", protocol);
        line(text, "algorithm", "%s %s, seed %d, %d threads", algorithm, hyperparameters, seed, threads);
        line(
                text,
                "seconds per sweep",
                "%.3f (median after the first; first %.3f, %d sweeps, %.2f s in all)",
                medianSecondsPerSweep,
                secondsPerSweep.isEmpty() ? trainingSeconds : secondsPerSweep.getFirst(),
                secondsPerSweep.size(),
                trainingSeconds);
        line(text, "interactions/s", "%,.0f", interactionsPerSecond);
        line(
                text,
                "peak memory",
                "%,d MiB (%,d MiB before training%s)",
                peakRssBytes >> 20,
                rssBeforeBytes >> 20,
                peakRssOfTraining ? "" : "; of the whole process");
        quality.forEach((name, value) -> line(text, name, "%.4f", value));
        facts.forEach((name, value) -> line(text, "data: " + name, "%.4f", value));
        return text.toString().stripTrailing();
    }

    @FormatMethod
    private static void line(StringBuilder text, String name, @FormatString String format, Object... values) {
        text.append(String.format(Locale.ROOT, "%-28s", name))
                .append(String.format(Locale.ROOT, format, values))
                .append('\n');
    }
}
