package dev.latent.training.offline;

import dev.latent.spi.Algorithm;
import dev.latent.spi.Hyperparameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Tells of files of features that an algorithm does not learn from. */
public final class UnusedFeatures {

    private static final String OF_ITEMS = "features";
    private static final String OF_USERS = "user_features";
    private static final String NONE = "none";

    private UnusedFeatures() {}

    /**
     * Judges by the hyperparameters, before anything is trained: an algorithm that learns features is told so by {@code
     * features} and {@code user_features}, none being the word for not.
     *
     * @param files what was given
     * @param algorithm what is to learn
     * @param given hyperparameters, as text
     * @return a line for each file that is of no use
     */
    public static List<String> expected(FeatureFiles files, Algorithm algorithm, Map<String, String> given) {
        return notes(files, algorithm, name -> isOn(algorithm, given, name));
    }

    private static boolean isOn(Algorithm algorithm, Map<String, String> given, String name) {
        return algorithm.hyperparameters().stream()
                .filter(declared -> declared.name().equals(name))
                .map(declared -> given.getOrDefault(name, declared.defaultText()))
                .anyMatch(value -> !value.equals(NONE));
    }

    /** Judges by the models: of what features they have vectors. */
    static List<String> found(FeatureFiles files, Algorithm algorithm, boolean ofItems, boolean ofUsers) {
        return notes(files, algorithm, name -> name.equals(OF_ITEMS) ? ofItems : ofUsers);
    }

    private static List<String> notes(FeatureFiles files, Algorithm algorithm, Predicate<String> learns) {
        List<String> notes = new ArrayList<>();
        if (files.items().isPresent() && !learns.test(OF_ITEMS)) {
            notes.add("No features of items are learnt, so items that nothing else is known of are ranked by chance: "
                    + advice(algorithm, OF_ITEMS));
        }
        if (files.users().isPresent() && !learns.test(OF_USERS)) {
            notes.add("No features of users are learnt, so users without interactions are not ranked: "
                    + advice(algorithm, OF_USERS));
        }
        return notes;
    }

    private static String advice(Algorithm algorithm, String name) {
        boolean declares =
                algorithm.hyperparameters().stream().map(Hyperparameter::name).anyMatch(name::equals);
        return declares
                ? "give --set " + name + "=own"
                : "'" + algorithm.name() + "' learns from interactions alone; one that can is sgd with --set " + name
                        + "=own";
    }
}
