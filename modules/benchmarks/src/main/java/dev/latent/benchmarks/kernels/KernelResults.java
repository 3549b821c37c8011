package dev.latent.benchmarks.kernels;

import dev.latent.benchmarks.report.Machine;
import dev.latent.benchmarks.report.Statistics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/**
 * Times by kernel: the median of all measurements, in nanoseconds.
 *
 * @param nanos by {@code Class.method}, then by rank; rank 0 for kernels without one
 */
record KernelResults(Map<String, Map<Integer, Double>> nanos) {

    private static final String RANK = "rank";

    static KernelResults read(Collection<RunResult> results) {
        Map<String, Map<Integer, Double>> nanos = new TreeMap<>();
        for (RunResult result : results) {
            BenchmarkParams parameters = result.getParams();
            String name = parameters.getBenchmark().replaceAll("^.*\\.([^.]+\\.[^.]+)$", "$1");
            int rank = parameters.getParamsKeys().contains(RANK) ? Integer.parseInt(parameters.getParam(RANK)) : 0;
            nanos.computeIfAbsent(name, _ -> new TreeMap<>()).put(rank, median(result));
        }
        return new KernelResults(nanos);
    }

    private static double median(RunResult result) {
        List<Double> times = new ArrayList<>();
        for (BenchmarkResult fork : result.getBenchmarkResults()) {
            for (IterationResult measurement : fork.getIterationResults()) {
                times.add(measurement.getPrimaryResult().getScore());
            }
        }
        return Statistics.median(times);
    }

    KernelReport report(Machine machine) {
        double peak = Peak.operations() / get("Peak.multiplyAdd", 0);
        List<KernelReport.Gramian> gramian = new ArrayList<>();
        byRank("GramianRows.add").forEach((rank, time) -> {
            double gflops = GramianRows.operations(rank) / time;
            gramian.add(new KernelReport.Gramian(rank, GramianRows.ROWS, gflops, gflops / peak));
        });
        List<KernelReport.CholeskySolve> cholesky = new ArrayList<>();
        byRank("Solve.latent").forEach((rank, time) -> {
            double ejml = get("Solve.ejml", rank);
            cholesky.add(new KernelReport.CholeskySolve(rank, time / 1e3, ejml / 1e3, ejml / time));
        });
        double search = get("Scan.search", 0);
        KernelReport.ExactSearch scan = new KernelReport.ExactSearch(
                Scan.ITEMS, Scan.RANK, search / 1e6, Scan.bytes() / search, Scan.bytes() / get("Scan.read", 0));
        double evaluate = get("CatalogueEvaluation.evaluate", 0);
        double gflops = CatalogueEvaluation.operations() / evaluate;
        KernelReport.Evaluation evaluation = new KernelReport.Evaluation(
                CatalogueEvaluation.USERS,
                CatalogueEvaluation.ITEMS,
                CatalogueEvaluation.RANK,
                evaluate / 1e6,
                gflops,
                gflops / peak);
        return new KernelReport(machine, peak, gramian, cholesky, scan, evaluation);
    }

    private Map<Integer, Double> byRank(String kernel) {
        Map<Integer, Double> times = nanos.get(kernel);
        if (times == null) {
            throw new IllegalStateException("Kernel " + kernel + " was not measured, only " + nanos.keySet());
        }
        return times;
    }

    private double get(String kernel, int rank) {
        Double time = byRank(kernel).get(rank);
        if (time == null) {
            throw new IllegalStateException("Kernel " + kernel + " was not measured at rank " + rank);
        }
        return time;
    }
}
