package dev.latent.benchmarks.synthetic;

import java.util.LinkedHashMap;
import java.util.Map;

/** The synthetic sets by name: ratings and positives, of about a million and ten million interactions. */
public final class SyntheticSets {

    private SyntheticSets() {}

    /**
     * Returns all sets.
     *
     * @return laws by the name of the set, in the order to show them
     */
    public static Map<String, SyntheticLaw> all() {
        Map<String, SyntheticLaw> sets = new LinkedHashMap<>();
        sets.put("exp1m", new RatingLaw(6_040, 3_700, 1_000_000, 96, 1.04));
        sets.put("exp10m", new RatingLaw(70_000, 10_700, 10_000_000, 69, 1.21));
        sets.put(
                "imp1m",
                new PositiveLaw(
                        6_040, 3_700, new Activity(1_030_000, 88, 1.05, 5, 2_000), new Popularity(1.2, 60), 600));
        sets.put(
                "imp10m",
                new PositiveLaw(
                        138_000,
                        27_000,
                        new Activity(10_000_000, 39, 1.114, 5, 3_000),
                        new Popularity(1.5, 170),
                        10_000));
        return sets;
    }
}
