package dev.latent.benchmarks.quality;

import dev.latent.benchmarks.training.Algorithms;
import dev.latent.spi.Snapshot;
import dev.latent.training.tuning.Trial;
import dev.latent.training.tuning.Tuner;
import dev.latent.training.tuning.TuningEvent;
import dev.latent.training.tuning.TuningListener;
import dev.latent.training.tuning.TuningMetric;
import dev.latent.training.tuning.TuningRequest;
import dev.latent.training.tuning.TuningResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds hyperparameters for rankings by the tuner: each trial trains on a part cut from the training part and is measured by
 * NDCG@10 on the rest of it. The test part is not looked at.
 *
 * @param run cuts the data
 * @param trials for each case, the defaults being the first
 * @param journals a folder: a search that was ended goes on from its journal there
 * @param log hears of each trial
 */
record SettingsSearch(QualityRun run, int trials, Path journals, PrintWriter log) {

    private static final TuningMetric METRIC = new TuningMetric("ndcg@10");

    /** Prints the trials. */
    private record Log(String key, PrintWriter log) implements TuningListener {
        @Override
        public void event(TuningEvent event) {
            event.end()
                    .ifPresent(trial -> log(key + " trial " + trial.number() + ": " + trial.state() + " "
                            + trial.metric().orElse(Double.NaN) + " " + trial.set() + " " + trial.message()));
        }

        @Override
        public void log(String line) {
            log.println(line);
        }
    }

    /** The best of the trials of a case. */
    TunedSettings.Found search(QualityCase quality) throws IOException {
        long seed = run.splitSeed();
        TuningRequest request =
                new TuningRequest(quality.given(), METRIC, trials, Optional.empty(), seed, run.threads());
        Tuner tuner = new Tuner(Algorithms.get(quality.algorithm()), request, new Log(quality.key(), log));
        try (Arena arena = Arena.ofShared()) {
            Snapshot train = run.part(quality, 0, arena).split().train();
            TuningResult result =
                    tuner.run(train, journals.resolve(quality.key().replaceAll("[^a-z0-9]+", "-") + ".journal"));
            Trial best = result.best();
            return new TunedSettings.Found(
                    best.set(), best.metric().orElseThrow(), result.trials().size(), seed);
        }
    }
}
