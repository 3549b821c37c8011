package dev.latent.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Walks the candidates in order of preference and takes the first usable one. */
final class KernelSelector {

    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    private KernelSelector() {}

    /**
     * A provider that may not be usable here.
     *
     * @param obstacle why it is unavailable and what would cure that; empty when it is usable
     * @param provider makes it; called only when there is no obstacle
     */
    record Candidate(String name, Supplier<Optional<String>> obstacle, Supplier<KernelProvider> provider) {}

    /** The provider taken and, for the log, why each one before it was not. */
    record Choice(KernelProvider provider, List<String> refusals) {}

    /** Every provider there is, the best first. The scalar one is last and never refuses. */
    static List<Candidate> candidates() {
        return List.of(
                new Candidate("vector-512", () -> findVectorObstacle(512), () -> new VectorKernels(512)),
                new Candidate("vector-256", () -> findVectorObstacle(256), () -> new VectorKernels(256)),
                new Candidate("scalar", Optional::empty, ScalarKernels::new));
    }

    static Choice choose(List<Candidate> candidates) {
        List<String> refusals = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Optional<String> obstacle = candidate.obstacle().get();
            if (obstacle.isEmpty()) {
                return new Choice(candidate.provider().get(), List.copyOf(refusals));
            }
            refusals.add(candidate.name() + " is unavailable: " + obstacle.get());
        }
        throw new IllegalStateException("no kernel provider is usable: " + refusals);
    }

    /** Touches {@link VectorKernels} only once the module it needs is known to be resolved. */
    private static Optional<String> findVectorObstacle(int bits) {
        if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
            return Optional.of("module %s is not resolved; start the JVM with --add-modules %s"
                    .formatted(VECTOR_MODULE, VECTOR_MODULE));
        }
        int preferred = VectorKernels.preferredBits();
        if (preferred < bits) {
            return Optional.of("vectors of %d bits are the widest here (processor or -XX:UseAVX, -XX:MaxVectorSize)"
                    .formatted(preferred));
        }
        return Optional.empty();
    }
}
