package dev.latent.benchmarks.training;

import dev.latent.benchmarks.data.DataFolder;
import dev.latent.benchmarks.data.TrainingData;
import dev.latent.benchmarks.report.Output;
import dev.latent.benchmarks.report.UsageException;
import dev.latent.benchmarks.synthetic.SyntheticLaw;
import dev.latent.benchmarks.synthetic.SyntheticSets;
import dev.latent.spi.Algorithm;
import dev.latent.spi.Hyperparameters;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code bench train}. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Train on a synthetic set or on files, and print time, quality and memory.",
            "Sets: exp1m, exp10m (ratings), imp1m, imp10m (positives). PATH is a folder with train.csv, test.csv and, for"
                    + " held-out users, foldin.csv; or one file user,item[,value[,time]], of which a tenth is held out."
        })
public final class TrainCommand implements Callable<Integer> {

    @Option(names = "--data", required = true, paramLabel = "SET|PATH", description = "What to train on.")
    private String data = "";

    @Option(names = "--algorithm", required = true, paramLabel = "NAME", description = "What to train: wals, sgd, …")
    private String algorithm = "";

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "A hyperparameter; may be repeated.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(names = "--threads", paramLabel = "N", description = "Threads (default: all cores).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--sweeps", paramLabel = "N", description = "Sweeps (default: as the algorithm declares).")
    private int sweeps;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the training (default: 1).")
    private long seed = 1;

    @Option(names = "--data-seed", paramLabel = "N", description = "Seed of the set or split (default: 42).")
    private long dataSeed = 42;

    @Mixin
    private Output output = new Output();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Creates the command, to be filled in by the command line. */
    public TrainCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Algorithm chosen = Algorithms.get(algorithm);
        Hyperparameters hyperparameters = Hyperparameters.resolve(chosen.hyperparameters(), given(chosen));
        UsageException.checkCount("--threads", threads, 1);
        try (Arena arena = Arena.ofShared()) {
            long start = System.nanoTime();
            TrainingData opened = open(arena);
            double loading = (System.nanoTime() - start) / 1e9;
            TrainReport report = new TrainBenchmark(chosen, hyperparameters, seed, threads).run(opened, loading);
            output.print(spec.commandLine().getOut(), report, report::text);
        }
        return 0;
    }

    private TrainingData open(Arena arena) throws IOException {
        Optional<SyntheticLaw> law = SyntheticSets.find(data);
        return law.isPresent()
                ? law.get().draw(data, dataSeed, arena)
                : DataFolder.read(Path.of(data), dataSeed, arena);
    }

    private Map<String, String> given(Algorithm chosen) {
        Map<String, String> given = new LinkedHashMap<>(set);
        if (spec.commandLine().getParseResult().hasMatchedOption("--sweeps")) {
            String name = Algorithms.sweepCount(chosen);
            if (given.putIfAbsent(name, Integer.toString(sweeps)) != null) {
                throw new UsageException("--sweeps and --set " + name + " say the same; give one of them");
            }
        }
        return given;
    }
}
