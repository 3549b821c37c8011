package dev.latent.training.tuning;

import dev.latent.spi.Task;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a search makes better: one measure on the validation part.
 *
 * @param name for example {@code ndcg@10} or {@code rmse}
 */
public record TuningMetric(String name) {

    private static final Pattern AT = Pattern.compile("([a-z_]+)@([1-9][0-9]{0,5})");
    private static final Set<String> ERRORS = Set.of("rmse", "mae");
    private static final int CUTOFF_OF_WHOLE_LISTS = 10;

    /** Checks the form of the name. */
    public TuningMetric {
        if (!ERRORS.contains(name) && !name.equals("mrr") && !AT.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "Metric '" + name + "' is not one of rmse, mae, mrr, ndcg@K, recall@K, hr@K and the like");
        }
    }

    /**
     * Tells which models can be measured so.
     *
     * @return {@link Task#RATING} for errors of predicted values
     */
    public Task task() {
        return ERRORS.contains(name) ? Task.RATING : Task.RANKING;
    }

    /**
     * Tells which of two values is better.
     *
     * @return true for errors
     */
    public boolean lowerIsBetter() {
        return ERRORS.contains(name);
    }

    /** Returns the K to measure at. */
    List<Integer> cutoffs() {
        Matcher at = AT.matcher(name);
        return List.of(at.matches() ? Integer.parseInt(at.group(2)) : CUTOFF_OF_WHOLE_LISTS);
    }

    /** Turns a value into one of which less is better. */
    double cost(double value) {
        return lowerIsBetter() ? value : -value;
    }
}
