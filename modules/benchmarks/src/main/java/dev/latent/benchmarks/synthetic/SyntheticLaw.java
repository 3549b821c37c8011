package dev.latent.benchmarks.synthetic;

import dev.latent.benchmarks.data.TrainingData;
import java.lang.foreign.Arena;

/** What a synthetic set is drawn from. Immutable. */
public sealed interface SyntheticLaw permits RatingLaw, PositiveLaw {

    /**
     * Draws the set.
     *
     * @param name to give it
     * @param seed of every draw; the same seed gives the same set on every machine
     * @param arena owns the memory of the snapshots
     * @return the set, with what the planted truth reaches among its facts
     */
    TrainingData draw(String name, long seed, Arena arena);
}
