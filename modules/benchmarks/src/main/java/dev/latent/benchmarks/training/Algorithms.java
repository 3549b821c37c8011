package dev.latent.benchmarks.training;

import dev.latent.benchmarks.report.UsageException;
import dev.latent.spi.Algorithm;
import dev.latent.spi.Hyperparameter;
import java.util.List;
import java.util.ServiceLoader;

/** The algorithms on the class path, found as the plugin host finds them: as services. */
public final class Algorithms {

    private static final List<String> SWEEP_COUNTS = List.of("iterations", "epochs");

    private Algorithms() {}

    /**
     * Returns an algorithm.
     *
     * @param name as it calls itself
     * @return the algorithm
     * @throws UsageException when there is none of that name
     */
    public static Algorithm get(String name) {
        List<Algorithm> all = ServiceLoader.load(Algorithm.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return all.stream()
                .filter(algorithm -> algorithm.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("Algorithm '" + name + "' is not one of "
                        + String.join(
                                ", ", all.stream().map(Algorithm::name).sorted().toList())));
    }

    /**
     * Finds by which hyperparameter an algorithm is told how many sweeps to make.
     *
     * @param algorithm any
     * @return {@code iterations} or {@code epochs}
     * @throws UsageException when it declares neither
     */
    static String sweepCount(Algorithm algorithm) {
        return algorithm.hyperparameters().stream()
                .map(Hyperparameter::name)
                .filter(SWEEP_COUNTS::contains)
                .findFirst()
                .orElseThrow(() -> new UsageException("Algorithm '" + algorithm.name() + "' declares none of "
                        + String.join(", ", SWEEP_COUNTS) + "; leave --sweeps out"));
    }
}
