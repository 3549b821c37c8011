package dev.latent.algorithms.wals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.latent.algorithms.wals.Interactions.Entry;
import dev.latent.evaluation.FoldInSolver;
import dev.latent.evaluation.FoldedUser;
import dev.latent.math.WorkerPool;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.FoldIn;
import dev.latent.spi.History;
import dev.latent.spi.InvalidHyperparametersException;
import dev.latent.spi.Sweep;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights of users, items and values, and factors that must not be negative; the host's fold-in agrees with training. */
class WeightsTest {

    private static final Interactions DATA = Planted.noise(40, 30, 0.2, 5);

    static Stream<Map<String, String>> settings() {
        return Stream.of(
                Map.of("factors", "6", "user_weight_exponent", "0.5"),
                Map.of("factors", "6", "item_weight_exponent", "0.7", "minimum_value", "2"),
                Map.of("factors", "6", "item_weight_exponent", "-0.3", "user_weight_exponent", "1", "alpha", "2"),
                Map.of("factors", "6", "item_weight_exponent", "0.5", "feedback", "explicit"),
                Map.of("factors", "6", "confidence", "logarithmic", "alpha", "3", "confidence_scale", "0.5"),
                Map.of("factors", "6", "item_normalization", "1"),
                Map.of("factors", "40", "item_normalization", "0.6", "alpha", "1", "unobserved_weight", "3"),
                Map.of("factors", "6", "item_normalization", "0.7", "non_negative", "true"),
                Map.of("factors", "6", "non_negative", "true"),
                Map.of("factors", "70", "non_negative", "true"),
                Map.of("factors", "6", "non_negative", "true", "feedback", "explicit", "item_weight_exponent", "0.5"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void foldInOfATrainedUsersHistory_givesTheStoredVector(Map<String, String> given) {
        EmbeddingModel model = Fit.train(DATA, given);
        FoldInSolver solver = FoldInSolver.of(model);
        List<List<Entry>> histories = DATA.byUser();
        for (int user = 0; user < DATA.users(); user++) {
            List<Entry> history = histories.get(user);
            float[] values = new float[history.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = history.get(i).value();
            }
            int[] items = history.stream().mapToInt(Entry::item).toArray();
            FoldedUser folded =
                    solver.solve(new History(items, values)).orElse(new FoldedUser(new float[model.rank()], 0));
            float[] stored = new float[model.rank()];
            model.users().readRow(user, stored, 0);
            assertThat(stored).containsExactly(folded.vector(), within(2e-4f));
            assertThat(model.userBiases().map(b -> b.get(0, 0)).isPresent()).isEqualTo(given.containsKey("feedback"));
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void reportedLoss_isTheObjective(Map<String, String> given) {
        Fit fit = Fit.of(DATA, given);
        Oracle.Parts expected = new Oracle(fit.train(), DATA).objective();
        Sweep sweep = fit.lastSweep();
        double tolerance = 2e-4 * expected.total();
        assertThat(sweep.loss().get("observed")).isCloseTo(expected.observed(), within(tolerance));
        assertThat(sweep.loss().get("regularization")).isCloseTo(expected.regularization(), within(tolerance));
        assertThat(sweep.totalLoss()).isLessThan(fit.sweeps().getFirst().totalLoss());
    }

    @Test
    void itemsThatAreNormalized_areSolvedAsOthersAndUsersWithTheirWeights() {
        Fit fit = Fit.of(DATA, Map.of("factors", "6", "item_normalization", "0.8", "regularization", "0.05"));
        try (WorkerPool pool = new WorkerPool(2)) {
            WalsTraining training = new WalsTraining(fit, fit.options(), pool, fit);
            training.start();
            double before = new Oracle(training.model(), DATA).objective().total();
            for (int sweep = 1; sweep <= 3; sweep++) {
                training.solveItems(sweep, new Progress(fit, sweep, 3, 1));
                EmbeddingModel model = training.model();
                Oracle oracle = new Oracle(model, DATA);
                for (int item = 0; item < DATA.items(); item++) {
                    assertThat(Oracle.stored(model.items(), model.itemBiases(), item))
                            .containsExactly(oracle.item(item), within(1e-3));
                }
                training.solveUsers(sweep, new Progress(fit, sweep, 3, 1));
                double after = new Oracle(training.model(), DATA).objective().total();
                assertThat(after).isLessThanOrEqualTo(before * (1 + 1e-6));
                before = after;
            }
        }
    }

    @Test
    void itemsThatAreNormalized_keepTheirUnitOfRegularization() {
        Fit fit = Fit.of(DATA, Map.of("factors", "6", "item_normalization", "1"));
        double pairs = DATA.entries().size();
        double unit = 0.3 / Math.sqrt(pairs / DATA.users()) * (1 + 4 / (pairs / DATA.items()));
        double sigma = fit.options().objective().regularization() / unit;
        assertThat(largest(sigma * 1.1)).isLessThan(1e-3);
        assertThat(largest(sigma * 0.8)).isGreaterThan(0.05);
    }

    private static double largest(double regularization) {
        EmbeddingModel model = Fit.train(
                DATA,
                Map.of(
                        "factors", "6",
                        "iterations", "60",
                        "item_normalization", "1",
                        "regularization", Double.toString(regularization)));
        return numbers(model.items()).stream().mapToDouble(Math::abs).max().orElseThrow();
    }

    @Test
    void itemNormalization_isRefusedWhereItHasNoMeaning() {
        assertThatThrownBy(Fit.of(DATA, Map.of("item_normalization", "1", "feedback", "explicit"))::train)
                .isInstanceOf(InvalidHyperparametersException.class)
                .hasMessageContaining("'item_normalization'")
                .hasMessageContaining("feedback=implicit");
        assertThatThrownBy(Fit.of(DATA, Map.of("item_normalization", "1", "item_weight_exponent", "0.5"))::train)
                .isInstanceOf(InvalidHyperparametersException.class)
                .hasMessageContaining("'item_normalization'")
                .hasMessageContaining("item_weight_exponent=0.5");
    }

    @Test
    void weightOfAnItem_fallsWithItsPopularity() {
        EmbeddingModel model = Fit.train(DATA, Map.of("factors", "3", "item_weight_exponent", "0.5"));
        long[] counts = new long[DATA.items()];
        DATA.entries().forEach(entry -> counts[entry.item()]++);
        FloatMatrix weights = model.itemWeights().orElseThrow();
        for (int item = 1; item < DATA.items(); item++) {
            assertThat((double) weights.get(item, 0) / weights.get(0, 0))
                    .isCloseTo(Math.sqrt((double) counts[0] / counts[item]), within(1e-5));
        }
    }

    @Test
    void noWeights_leaveThePlainLaw() {
        EmbeddingModel model = Fit.train(DATA, Map.of("factors", "3"));
        assertThat(model.foldIn()).isInstanceOf(FoldIn.Ridge.class);
        assertThat(model.itemWeights()).isEmpty();
    }

    @Test
    void factorsThatMustNotBeNegative_areNot() {
        EmbeddingModel model = Fit.train(DATA, Map.of("factors", "6", "non_negative", "true"));
        assertThat(numbers(model.users())).allMatch(number -> number >= 0).anyMatch(number -> number > 0.01);
        assertThat(numbers(model.items())).allMatch(number -> number >= 0).anyMatch(number -> number > 0.01);
    }

    private static List<Float> numbers(FloatMatrix matrix) {
        return Stream.iterate(0L, row -> row + 1)
                .limit(matrix.rows())
                .flatMap(row ->
                        Stream.iterate(0, i -> i + 1).limit(matrix.columns()).map(i -> matrix.get(row, i)))
                .toList();
    }

    @Test
    void nonNegativeWithAnInexactSolver_isRefused() {
        Fit fit = Fit.of(DATA, Map.of("non_negative", "true", "solver", "cg"));
        assertThatThrownBy(fit::train)
                .isInstanceOf(InvalidHyperparametersException.class)
                .hasMessageContaining("'non_negative'")
                .hasMessageContaining("solver=cg");
    }
}
