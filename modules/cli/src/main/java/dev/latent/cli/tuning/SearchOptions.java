package dev.latent.cli.tuning;

import dev.latent.cli.session.TimeConverter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to search, for how long. */
final class SearchOptions {

    private static final int DEFAULT_TRIALS = 20;
    private static final int MOST_TRIALS = 100_000;

    @Option(names = "--algorithm", paramLabel = "NAME", description = "What to tune (on a server: the model's).")
    private String algorithm = "";

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description = "What to make better: ndcg@10 (default), recall@K, hr@K, mrr, rmse or mae.")
    private String metric = "ndcg@10";

    @Option(
            names = "--trials",
            paramLabel = "N",
            description = "Settings to try, the defaults first (default: 20; with --time as many as fit).")
    private @Nullable Integer trials;

    @Option(
            names = "--time",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Try no more after this, for example 10m.")
    private @Nullable Duration time;

    @Option(names = "--seed", paramLabel = "N", description = "From which all random numbers follow (default: 1).")
    private long seed = 1;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            arity = "1..*",
            description = "Hyperparameters that are not searched.")
    private Map<String, String> fixed = new LinkedHashMap<>();

    @Option(names = "--threads", paramLabel = "N", description = "Threads of a trial (default: all there are).")
    private int threads;

    String algorithm() {
        return algorithm;
    }

    String metric() {
        return metric;
    }

    int trials() {
        return trials != null ? trials : time == null ? DEFAULT_TRIALS : MOST_TRIALS;
    }

    Optional<Duration> time() {
        return Optional.ofNullable(time);
    }

    long seed() {
        return seed;
    }

    Map<String, String> fixed() {
        return fixed;
    }

    /** Threads of a trial, 0 when not said. */
    int threads() {
        return threads;
    }
}
