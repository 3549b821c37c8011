package dev.latent.algorithms.wals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.latent.algorithms.wals.Interactions.Entry;
import dev.latent.math.WorkerPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The regularization that is chosen by the data. */
class RegularizationTest {

    private static final Interactions DATA = Planted.noise(60, 40, 0.2, 8);

    private static double sigma(Interactions data, Map<String, String> given, int threads) {
        Objective objective = Fit.of(data, given).options().objective();
        try (WorkerPool pool = new WorkerPool(threads)) {
            return new LargestSingularValue(
                            objective,
                            data.snapshot(),
                            LikedCounts.of(data.snapshot().byUser(), objective.minimumValue()),
                            LikedCounts.of(data.snapshot().byItem(), objective.minimumValue()),
                            pool)
                    .value();
        }
    }

    @Test
    void everyPairLiked_hasTheSingularValueOfAConstantMatrix() {
        List<Entry> all = new ArrayList<>();
        for (int user = 0; user < 6; user++) {
            for (int item = 0; item < 4; item++) {
                all.add(new Entry(user, item, 1));
            }
        }
        double expected = Math.sqrt(6 * 4) / Math.sqrt((4 + 0.1 * 4) * (6 + 0.1 * 6));
        assertThat(sigma(new Interactions(6, 4, all), Map.of(), 2)).isCloseTo(expected, withinPercentage(1e-6));
    }

    @Test
    void chosenRegularization_fallsWithLongHistoriesAndWithItemsThatManyLiked() {
        double pairs = DATA.entries().size();
        double expected =
                0.3 * sigma(DATA, Map.of(), 2) / Math.sqrt(pairs / DATA.users()) * (1 + 4 / (pairs / DATA.items()));
        assertThat(Fit.of(DATA, Map.of()).options().objective().regularization())
                .isCloseTo(expected, withinPercentage(1e-6));
    }

    @Test
    void chosenRegularization_isAtMostHalfOfTheSingularValue() {
        Interactions sparse =
                new Interactions(3, 3, List.of(new Entry(0, 0, 1), new Entry(1, 1, 1), new Entry(2, 2, 1)));
        double expected = 0.5 * sigma(sparse, Map.of(), 2);
        assertThat(Fit.of(sparse, Map.of()).options().objective().regularization())
                .isCloseTo(expected, withinPercentage(1e-6));
    }

    @Test
    void regularizationAboveTheSingularValue_leavesOnlyZeros() {
        double sigma = sigma(DATA, Map.of(), 1);
        assertThat(largest(sigma * 1.1)).isLessThan(1e-3);
        assertThat(largest(sigma * 0.8)).isGreaterThan(0.05);
    }

    private static double largest(double regularization) {
        Fit fit = Fit.of(
                DATA, Map.of("factors", "4", "iterations", "200", "regularization", Double.toString(regularization)));
        return Math.abs(fit.train()
                .score(
                        DATA.entries().getFirst().user(),
                        DATA.entries().getFirst().item()));
    }

    @Test
    void singularValue_isTheSameOnAnyNumberOfThreads() {
        assertThat(sigma(DATA, Map.of("alpha", "1", "minimum_value", "2"), 7))
                .isEqualTo(sigma(DATA, Map.of("alpha", "1", "minimum_value", "2"), 1));
    }

    @Test
    void nothingLiked_stillHasARegularization() {
        assertThat(Fit.of(DATA, Map.of("minimum_value", "100"))
                        .options()
                        .objective()
                        .regularization())
                .isEqualTo(0.01);
    }
}
