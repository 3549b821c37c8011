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
 * @param cpuSecondsPerSweep processor time of all threads together, one a sweep: comparable on a shared machine
 * @param medianSecondsPerSweep of all but the first, when there are more
 * @param medianCpuSecondsPerSweep likewise
 * @param interactionsPerSecond training interactions over the median
 * @param loadingSeconds from the files, or the law of the set, to the snapshot
 * @param trainingSeconds from the start of the training to the model
 * @param evaluationSeconds from the model to its quality
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
        List<Double> cpuSecondsPerSweep,
        double medianSecondsPerSweep,
        double medianCpuSecondsPerSweep,
        double interactionsPerSecond,
        double loadingSeconds,
        double trainingSeconds,
        double evaluationSeconds,
        Map<String, Double> quality,
        Map<String, Double> facts,
        long peakRssBytes,
        long rssBeforeBytes,
        boolean peakRssOfTraining,
        Machine machine) {

    /** Seconds of each sweep and their processor time, of reading the data, of the whole training and of measuring it. */
    record Times(List<Double> sweeps, List<Double> cpuSweeps, double loading, double training, double evaluation) {

        double median() {
            return steady(sweeps, training);
        }

        double medianCpu() {
            return steady(cpuSweeps, 0);
        }

        /** The median of all but the first, when there are more. */
        private static double steady(List<Double> times, double otherwise) {
            return times.isEmpty()
                    ? otherwise
                    : Statistics.median(times.size() > 1 ? times.subList(1, times.size()) : times);
        }
    }

    /** Resident bytes before and at the peak; whether the peak is that of the training alone. */
    record Memory(long before, long peak, boolean ofTraining) {}

    static TrainReport of(
            TrainBenchmark run,
            TrainingData data,
            Times times,
            Map<String, Double> quality,
            Memory memory,
            Machine machine) {
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
                times.sweeps(),
                times.cpuSweeps(),
                times.median(),
                times.medianCpu(),
                data.train().interactionCount() / times.median(),
                times.loading(),
                times.training(),
                times.evaluation(),
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
        line(text, "CPU seconds per sweep", "%.3f (median after the first; all threads)", medianCpuSecondsPerSweep);
        line(text, "interactions/s", "%,.0f", interactionsPerSecond);
        line(
                text,
                "seconds",
                "%.2f loading, %.2f training, %.2f measuring",
                loadingSeconds,
                trainingSeconds,
                evaluationSeconds);
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
