package dev.latent.interactions;

import java.time.Instant;

/**
 * The declaration of a dataset: a named, durable collection of interactions and item records.
 *
 * @param name {@code [a-z][a-z0-9-]{0,62}}
 * @param policy how repeats combine, fixed for the dataset's life
 * @param created when
 */
public record Dataset(String name, RepeatPolicy policy, Instant created) {

    /** Checks the name. */
    public Dataset {
        Names.checkDataset(name);
    }
}
