package dev.latent.server.config;

import java.util.List;

/** Thrown when a configuration cannot be used; tells every problem at once. */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    ConfigException(List<String> problems) {
        super("The configuration has " + (problems.size() == 1 ? "a problem" : problems.size() + " problems") + ":\n  "
                + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, a line each. */
    public List<String> problems() {
        return problems;
    }
}
