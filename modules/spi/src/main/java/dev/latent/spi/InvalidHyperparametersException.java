package dev.latent.spi;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** Thrown when given hyperparameters are unknown or out of range; names each of them. */
public final class InvalidHyperparametersException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    /**
     * One refused value.
     *
     * @param name the hyperparameter
     * @param problem what is wrong and what is accepted
     */
    public record Violation(String name, String problem) {}

    /**
     * Creates the exception.
     *
     * @param violations at least one
     */
    public InvalidHyperparametersException(List<Violation> violations) {
        super(violations.stream()
                .map(violation -> "Hyperparameter '" + violation.name() + "': " + violation.problem())
                .collect(Collectors.joining("; ")));
        this.violations = List.copyOf(violations);
    }

    /**
     * Returns what was refused.
     *
     * @return at least one
     */
    public List<Violation> violations() {
        return violations;
    }
}
