package dev.latent.benchmarks.synthetic;

import java.util.Optional;

/** The synthetic sets by name: ratings and positives, of about a million and ten million interactions. */
public final class SyntheticSets {

    private SyntheticSets() {}

    /**
     * Finds a set.
     *
     * @param name one of {@code exp1m, exp10m, imp1m, imp10m}
     * @return its law, or empty when there is no set of that name
     */
    public static Optional<SyntheticLaw> find(String name) {
        return switch (name) {
            case "exp1m" -> Optional.of(new RatingLaw(6_040, 3_700, 1_000_000, 96, 1.04));
            case "exp10m" -> Optional.of(new RatingLaw(70_000, 10_700, 10_000_000, 69, 1.21));
            case "imp1m" ->
                Optional.of(new PositiveLaw(
                        6_040, 3_700, new Activity(1_030_000, 88, 1.05, 5, 2_000), new Popularity(1.2, 60), 600));
            case "imp10m" ->
                Optional.of(new PositiveLaw(
                        138_000,
                        27_000,
                        new Activity(10_000_000, 39, 1.114, 5, 3_000),
                        new Popularity(1.5, 170),
                        10_000));
            default -> Optional.empty();
        };
    }
}
