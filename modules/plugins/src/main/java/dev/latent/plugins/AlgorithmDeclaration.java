package dev.latent.plugins;

import dev.latent.spi.Algorithm;
import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.InvalidHyperparametersException;
import dev.latent.spi.Task;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an algorithm says about itself, asked once when its plugin is loaded and held to the contract. */
record AlgorithmDeclaration(String name, String description, List<Hyperparameter> hyperparameters) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    static AlgorithmDeclaration of(Algorithm algorithm) throws PluginRefusedException {
        String type = algorithm.getClass().getName();
        String name = checkName(type, algorithm.name());
        String description = algorithm.description();
        check(!isBlank(description), name, "description() is null or blank; say what the algorithm is");
        List<Hyperparameter> declared = copy(name, algorithm.hyperparameters());
        Hyperparameters defaults = checkDefaults(name, declared);
        Task task = algorithm.task(defaults);
        check(isPresent(task), name, "task() is null for the default hyperparameters; return RATING or RANKING");
        return new AlgorithmDeclaration(name, description, declared);
    }

    private static String checkName(String type, @Nullable String name) throws PluginRefusedException {
        if (name == null || !NAME.matcher(name).matches()) {
            throw PluginRefusedException.failed("the name() of algorithm class " + type + " is "
                    + (name == null ? "null" : "'" + name + "'") + ", expected a match of " + NAME
                    + "; correct it and build the jar again");
        }
        return name;
    }

    private static List<Hyperparameter> copy(String algorithm, List<Hyperparameter> declared)
            throws PluginRefusedException {
        check(isPresent(declared), algorithm, "hyperparameters() is null; return an empty list when there are none");
        Set<String> names = new HashSet<>();
        for (Hyperparameter declaration : declared) {
            check(isPresent(declaration), algorithm, "hyperparameters() holds null; remove it");
            check(
                    names.add(declaration.name()),
                    algorithm,
                    "hyperparameter '" + declaration.name() + "' is declared twice; rename or remove one");
        }
        return List.copyOf(declared);
    }

    private static Hyperparameters checkDefaults(String algorithm, List<Hyperparameter> declared)
            throws PluginRefusedException {
        try {
            return Hyperparameters.resolve(
                    declared, Hyperparameters.resolve(declared, Map.of()).asMap());
        } catch (InvalidHyperparametersException e) {
            throw PluginRefusedException.failed(
                    "algorithm '" + algorithm + "' declares a default that it refuses: " + e.getMessage());
        }
    }

    private static void check(boolean holds, String algorithm, String problem) throws PluginRefusedException {
        if (!holds) {
            throw PluginRefusedException.failed("algorithm '" + algorithm + "': " + problem);
        }
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    /** What a plugin returns is null when its author erred, whatever the SPI says. */
    private static boolean isPresent(@Nullable Object value) {
        return value != null;
    }
}
