package dev.latent.algorithms.wals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latent.algorithms.wals.Interactions.Entry;
import dev.latent.math.WorkerPool;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Half-sweeps against an oracle in float64. */
class WalsTrainingTest {

    private static final Interactions DATA = Planted.noise(40, 30, 0.2, 5);

    static Stream<Map<String, String>> settings() {
        return Stream.of(
                Map.of("factors", "6", "iterations", "3"),
                Map.of("factors", "17", "iterations", "3", "alpha", "2", "minimum_value", "3"),
                Map.of("factors", "8", "iterations", "3", "regularization", "0.5", "regularization_exponent", "0.3"),
                Map.of("factors", "5", "iterations", "3", "unobserved_weight", "0", "regularization", "0.1"),
                Map.of("factors", "6", "iterations", "3", "feedback", "explicit", "regularization", "0.05"),
                Map.of("factors", "6", "iterations", "3", "feedback", "explicit", "alpha", "0.5"),
                Map.of("factors", "9", "iterations", "3", "feedback", "explicit", "regularization_exponent", "0"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void halfSweep_neverRaisesTheObjectiveAndEndsInTheDenseSolution(Map<String, String> given) {
        Fit fit = Fit.of(DATA, given);
        try (WorkerPool pool = new WorkerPool(2)) {
            WalsTraining training = new WalsTraining(fit, fit.options(), pool, fit);
            training.start();
            double before = objective(training);
            for (int sweep = 1; sweep <= 4; sweep++) {
                training.solveItems(sweep, new Progress(fit, sweep, 4, 1));
                before = assertNotAbove(before, objective(training));
                assertItemsAreExact(training.model());
                training.solveUsers(sweep, new Progress(fit, sweep, 4, 1));
                before = assertNotAbove(before, objective(training));
                assertUsersAreExact(training.model(), 1e-4);
            }
        }
    }

    private static double objective(WalsTraining training) {
        return new Oracle(training.model(), DATA).objective().total();
    }

    private static double assertNotAbove(double before, double after) {
        assertThat(after).isLessThanOrEqualTo(before * (1 + 1e-6));
        return after;
    }

    private static void assertItemsAreExact(EmbeddingModel model) {
        for (int item = 0; item < DATA.items(); item++) {
            assertThat(Oracle.stored(model.items(), model.itemBiases(), item))
                    .containsExactly(new Oracle(model, DATA).item(item), within(1e-3));
        }
    }

    private static void assertUsersAreExact(EmbeddingModel model, double tolerance) {
        for (int user = 0; user < DATA.users(); user++) {
            assertThat(Oracle.stored(model.users(), model.userBiases(), user))
                    .containsExactly(new Oracle(model, DATA).user(user), within(tolerance));
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void foldInOfATrainedUsersHistory_givesTheStoredVector(Map<String, String> given) {
        assertUsersAreExact(Fit.train(DATA, given), 1e-4);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void reportedLoss_isTheObjective(Map<String, String> given) {
        Fit fit = Fit.of(DATA, given);
        Oracle.Parts expected = new Oracle(fit.train(), DATA).objective();
        Sweep sweep = fit.lastSweep();
        double tolerance = 1e-4 * expected.total();
        assertThat(sweep.loss().get("observed")).isCloseTo(expected.observed(), within(tolerance));
        assertThat(sweep.loss().getOrDefault("unobserved", 0.0)).isCloseTo(expected.unobserved(), within(tolerance));
        assertThat(sweep.loss().get("regularization")).isCloseTo(expected.regularization(), within(tolerance));
        assertThat(sweep.totalLoss()).isCloseTo(expected.total(), within(tolerance));
    }

    @Test
    void trainRmse_isThatOfTheTrainingRatings() {
        Fit fit = Fit.of(DATA, Map.of("factors", "4", "feedback", "explicit"));
        double rmse = Measures.rmse(fit.train(), DATA.entries(), -100, 100);
        assertThat(fit.lastSweep().metrics().get("train_rmse")).isCloseTo(rmse, within(1e-4));
    }

    @Test
    void plantedRatings_arePredicted() {
        MovieLens.Cut cut = MovieLens.withoutShare(Planted.lowRank(200, 120, 3, 0.5, 11), 0.1, 3);
        Map<String, String> given = Map.of("factors", "3", "feedback", "explicit", "regularization", "0.001");
        assertThat(Measures.rmse(Fit.train(cut.train(), given), cut.test(), -100, 100))
                .isLessThan(0.05);
    }

    @Test
    void plantedTastes_rankTheirOwnItemsFirst() {
        int groups = 4;
        Interactions data = Planted.tastes(80, 60, groups, 13);
        EmbeddingModel model = Fit.train(data, Map.of("factors", "4"));
        for (int user = 0; user < data.users(); user++) {
            for (int item = 0; item < data.items(); item++) {
                int own = item - item % groups + user % groups;
                if (item != own) {
                    assertThat(model.score(user, item)).isLessThan(model.score(user, own));
                }
            }
        }
    }

    @Test
    void interactionsBelowTheMinimumValue_countAsIfTheyWereNotThere() {
        List<Entry> liked =
                DATA.entries().stream().filter(entry -> entry.value() >= 3).toList();
        EmbeddingModel filtered =
                Fit.train(DATA, Map.of("factors", "6", "minimum_value", "3", "regularization", "0.02"));
        EmbeddingModel expected = Fit.train(DATA.withEntries(liked), Map.of("factors", "6", "regularization", "0.02"));
        assertThat(liked.size()).isLessThan(DATA.entries().size());
        assertThat(filtered.users().segment().mismatch(expected.users().segment()))
                .isEqualTo(-1);
        assertThat(filtered.items().segment().mismatch(expected.items().segment()))
                .isEqualTo(-1);
    }

    @Test
    void largerValues_pullHarderWithAlpha() {
        Interactions data = new Interactions(1, 2, List.of(new Entry(0, 0, 1), new Entry(0, 1, 9)));
        EmbeddingModel even = Fit.train(data, Map.of("factors", "2", "regularization", "0.1"));
        EmbeddingModel weighted = Fit.train(data, Map.of("factors", "2", "regularization", "0.1", "alpha", "1"));
        assertThat(even.score(0, 1)).isCloseTo(even.score(0, 0), within(1e-3));
        assertThat(weighted.score(0, 1)).isGreaterThan(weighted.score(0, 0) + 0.01);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void rowsWithoutInteractions_areZero(Map<String, String> given) {
        EmbeddingModel model = Fit.train(new Interactions(42, 33, DATA.entries()), given);
        assertThat(Oracle.stored(model.users(), model.userBiases(), 41)).containsOnly(0);
        assertThat(Oracle.stored(model.items(), model.itemBiases(), 32)).containsOnly(0);
    }

    @Test
    void itemsOfAllEqualRatings_arePredictedByTheOffset() {
        List<Entry> equal = new ArrayList<>();
        DATA.entries().forEach(entry -> equal.add(new Entry(entry.user(), entry.item(), 4)));
        EmbeddingModel model = Fit.train(DATA.withEntries(equal), Map.of("factors", "4", "feedback", "explicit"));
        assertThat(model.offset()).isEqualTo(4);
        assertThat(model.score(3, 7)).isCloseTo(4, within(1e-5));
    }
}
