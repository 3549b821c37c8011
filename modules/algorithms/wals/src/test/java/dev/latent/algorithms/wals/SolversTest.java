package dev.latent.algorithms.wals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latent.math.WorkerPool;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.Sweep;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to solve a row heads for the same minimum and tells the same loss. */
class SolversTest {

    private static final Interactions DATA = Planted.noise(40, 30, 0.2, 5);

    static Stream<Map<String, String>> settings() {
        List<Map<String, String>> solvers = List.of(
                Map.of("solver", "cholesky"),
                Map.of("solver", "block", "block_size", "4"),
                Map.of("solver", "block", "block_size", "5"),
                Map.of("solver", "block", "block_size", "100"),
                Map.of("solver", "cg"),
                Map.of("solver", "cg", "cg_steps", "1"));
        List<Map<String, String>> objectives = List.of(
                Map.of("factors", "10", "regularization", "0.05"),
                Map.of("factors", "10", "alpha", "2", "minimum_value", "3"),
                Map.of("factors", "7", "unobserved_weight", "0", "regularization", "0.1"),
                Map.of("factors", "10", "feedback", "explicit"));
        return solvers.stream().flatMap(solver -> objectives.stream().map(objective -> together(solver, objective)));
    }

    private static Map<String, String> together(Map<String, String> one, Map<String, String> other) {
        Map<String, String> all = new LinkedHashMap<>(one);
        all.putAll(other);
        return all;
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everyHalfSweep_lowersTheObjective(Map<String, String> given) {
        Fit fit = Fit.of(DATA, given);
        try (WorkerPool pool = new WorkerPool(2)) {
            WalsTraining training = new WalsTraining(fit, fit.options(), pool, fit);
            training.start();
            double before = Double.POSITIVE_INFINITY;
            for (int sweep = 1; sweep <= 4; sweep++) {
                training.solveItems(sweep, new Progress(fit, sweep, 4, 1));
                training.solveUsers(sweep, new Progress(fit, sweep, 4, 1));
                double after = new Oracle(training.model(), DATA).objective().total();
                assertThat(after).isLessThan(before);
                before = after;
            }
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void reportedLoss_isTheObjective(Map<String, String> given) {
        Fit fit = Fit.of(DATA, together(given, Map.of("iterations", "2")));
        Oracle.Parts expected = new Oracle(fit.train(), DATA).objective();
        Sweep sweep = fit.lastSweep();
        double tolerance = 1e-4 * expected.total();
        assertThat(sweep.loss().get("observed")).isCloseTo(expected.observed(), within(tolerance));
        assertThat(sweep.loss().getOrDefault("unobserved", 0.0)).isCloseTo(expected.unobserved(), within(tolerance));
        assertThat(sweep.loss().get("regularization")).isCloseTo(expected.regularization(), within(tolerance));
    }

    /** The objective has several minima, which differ by a percent or so. */
    @ParameterizedTest
    @MethodSource("settings")
    void manySweeps_endNearTheLossOfTheExactSolver(Map<String, String> given) {
        Map<String, String> longer = together(given, Map.of("iterations", "150"));
        Fit exact = Fit.of(DATA, together(longer, Map.of("solver", "cholesky")));
        Fit other = Fit.of(DATA, longer);
        exact.train();
        other.train();
        assertThat(other.lastSweep().totalLoss())
                .isCloseTo(exact.lastSweep().totalLoss(), Assertions.withinPercentage(2.0));
    }

    @Test
    void conjugateGradients_areExactAfterAsManyStepsAsFactors() {
        Map<String, String> given =
                Map.of("factors", "10", "solver", "cg", "cg_steps", "12", "regularization", "0.01", "iterations", "2");
        EmbeddingModel model = Fit.train(DATA, given);
        Oracle oracle = new Oracle(model, DATA);
        for (int user = 0; user < DATA.users(); user++) {
            assertThat(Oracle.stored(model.users(), model.userBiases(), user))
                    .containsExactly(oracle.user(user), within(1e-4));
        }
    }

    /** Of 40 coordinates: rows of up to 30 pairs take the short way, the others the long one. */
    @ParameterizedTest
    @CsvSource({
        "implicit, 0.05, 0",
        "implicit, 0.05, 2",
        "implicit, 0.00000001, 0",
        "explicit, 0.05, 0",
        "explicit, 0.001, 0"
    })
    void shortAndLongRows_areSolvedExactly(String feedback, String regularization, String alpha) {
        Interactions data = Planted.noise(60, 90, 0.3, 7);
        Map<String, String> given = Map.of(
                "factors",
                feedback.equals("implicit") ? "40" : "39",
                "solver",
                "cholesky",
                "feedback",
                feedback,
                "regularization",
                regularization,
                "alpha",
                alpha,
                "iterations",
                "2");
        Fit fit = Fit.of(data, given);
        EmbeddingModel model = fit.train();
        Oracle oracle = new Oracle(model, data);
        double[] lengths = new double[data.users()];
        data.entries().forEach(entry -> lengths[entry.user()]++);
        assertThat(Arrays.stream(lengths)).anyMatch(length -> length > 1 && length <= 30);
        assertThat(Arrays.stream(lengths)).anyMatch(length -> length > 30);
        for (int user = 0; user < data.users(); user++) {
            double[] exact = oracle.user(user);
            double size = Math.sqrt(Arrays.stream(exact).map(v -> v * v).sum());
            assertThat(Oracle.stored(model.users(), model.userBiases(), user))
                    .containsExactly(exact, within(2e-3 * Math.max(size, 1e-3)));
        }
        assertThat(fit.lastSweep().totalLoss()).isCloseTo(oracle.objective().total(), Assertions.withinPercentage(0.1));
    }

    @ParameterizedTest
    @CsvSource({"cholesky, 1", "cholesky, 3", "block, 2", "cg, 2"})
    void rowsSharedByAllThreads_areSolvedExactly(String solver, int threads) {
        Map<String, String> given =
                Map.of("factors", "6", "solver", solver, "alpha", "1", "minimum_value", "2", "regularization", "0.05");
        Fit fit = Fit.of(DATA, given);
        try (WorkerPool pool = new WorkerPool(threads)) {
            WalsTraining training = new WalsTraining(fit, fit.options(), new RowLimits(5, 3), pool, fit);
            training.start();
            LossSums items = training.solveItems(1, new Progress(fit, 1, 1, 1));
            LossSums users = training.solveUsers(1, new Progress(fit, 1, 1, 1));
            EmbeddingModel model = training.model();
            Oracle oracle = new Oracle(model, DATA);
            for (int user = 0; user < DATA.users(); user++) {
                int row = user;
                if (DATA.entries().stream().filter(e -> e.user() == row).count() > 5) {
                    assertThat(Oracle.stored(model.users(), model.userBiases(), user))
                            .containsExactly(oracle.user(user), within(1e-4));
                }
            }
            assertThat(training.report(1, items, users).totalLoss())
                    .isCloseTo(oracle.objective().total(), Assertions.withinPercentage(0.01));
        }
    }

    @Test
    void rowsSharedByAllThreads_haveTheBytesOfAnyNumberOfThreads() {
        assertThat(sharedRows(1)
                        .users()
                        .segment()
                        .mismatch(sharedRows(7).users().segment()))
                .isEqualTo(-1);
    }

    private static EmbeddingModel sharedRows(int threads) {
        Fit fit = Fit.of(DATA, Map.of("factors", "6"));
        try (WorkerPool pool = new WorkerPool(threads)) {
            WalsTraining training = new WalsTraining(fit, fit.options(), new RowLimits(4, 2), pool, fit);
            training.start();
            training.solveItems(1, new Progress(fit, 1, 1, 1));
            training.solveUsers(1, new Progress(fit, 1, 1, 1));
            return training.model();
        }
    }

    @ParameterizedTest
    @CsvSource({"64, cholesky, at most", "65, cg, more than"})
    void autoSolver_isChosenByTheFactorsAndLogged(int factors, String solver, String why) {
        Fit fit = Fit.of(DATA, Map.of("factors", Integer.toString(factors), "iterations", "1"));
        fit.train();
        assertThat(fit.lines()).anySatisfy(line -> assertThat(line).contains(solver, why, "solver"));
    }
}
