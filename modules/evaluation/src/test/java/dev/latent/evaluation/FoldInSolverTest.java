package dev.latent.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latent.spi.Confidence;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.FoldIn;
import dev.latent.spi.History;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fold-in against a naive dense solve of its definition. */
class FoldInSolverTest {

    private static final int ITEMS = 61;
    private static final History HISTORY =
            new History(new int[] {2, 7, 11, 30, 44, 60}, new float[] {5, 3, 0.5f, 4, 1, 2});

    static Stream<FoldIn.Ridge> ridges() {
        Confidence plain = new Confidence.Linear(0);
        double all = Double.NEGATIVE_INFINITY;
        return Stream.of(
                new FoldIn.Ridge(0.1, 0.01, 1, plain, all, FoldIn.Target.ONE, false),
                new FoldIn.Ridge(0.1, 0.01, 0, new Confidence.Linear(3), 1.5, FoldIn.Target.ONE, false),
                new FoldIn.Ridge(1, 0.3, 0.5, new Confidence.Logarithmic(2, 0.5), all, FoldIn.Target.ONE, true),
                new FoldIn.Ridge(0, 0.05, 1, plain, all, FoldIn.Target.VALUE, true),
                new FoldIn.Ridge(0, 0.05, 0, plain, 2, FoldIn.Target.VALUE, false));
    }

    @ParameterizedTest
    @MethodSource("ridges")
    void solve_ridge_isTheDenseSolution(FoldIn.Ridge law) {
        for (int rank : new int[] {1, 2, 7, 8, 16, 33}) {
            EmbeddingModel model = model(rank, law);

            FoldedUser user = FoldInSolver.of(model).solve(HISTORY).orElseThrow();

            double[] expected = naive(model, law, HISTORY);
            for (int factor = 0; factor < rank; factor++) {
                assertThat((double) user.vector()[factor]).isCloseTo(expected[factor], within(2e-4));
            }
            assertThat((double) user.bias()).isCloseTo(law.userBias() ? expected[rank] : 0, within(2e-4));
        }
    }

    @Test
    void solve_weightedRidge_isTheDenseSolutionOfRepeatedPairs() {
        FoldIn.Ridge plain = new FoldIn.Ridge(
                0, 0.2, 0, new Confidence.Linear(0), Double.NEGATIVE_INFINITY, FoldIn.Target.ONE, false);
        FoldIn.WeightedRidge law = new FoldIn.WeightedRidge(plain, -1, HISTORY.size() / 2.0, false);
        EmbeddingModel model = model(7, plain);
        FloatMatrix weights = FloatMatrix.allocate(Arena.ofAuto(), ITEMS, 1);
        for (int item = 0; item < ITEMS; item++) {
            weights.set(item, 0, 1.5f);
        }
        EmbeddingModel weighted = EmbeddingModel.builder(model.users(), model.items())
                .itemWeights(weights)
                .foldIn(law)
                .build();

        FoldedUser user = FoldInSolver.of(weighted).solve(HISTORY).orElseThrow();

        // (6/3)^1 · 1.5 = 3 times the data term: a third of the regularization
        FoldIn.Ridge third = new FoldIn.Ridge(
                0, 0.2 / 3, 0, new Confidence.Linear(0), Double.NEGATIVE_INFINITY, FoldIn.Target.ONE, false);
        double[] expected = naive(model, third, HISTORY);
        for (int factor = 0; factor < 7; factor++) {
            assertThat((double) user.vector()[factor]).isCloseTo(expected[factor], within(1e-5));
        }
    }

    @Test
    void solve_nonNegativeRidge_hasNoNegativeElementAndNoBetterNeighbour() {
        FoldIn.Ridge plain = new FoldIn.Ridge(
                0.1, 0.05, 1, new Confidence.Linear(1), Double.NEGATIVE_INFINITY, FoldIn.Target.ONE, true);
        EmbeddingModel model = model(9, new FoldIn.WeightedRidge(plain, 0, 1, true));

        FoldedUser user = FoldInSolver.of(model).solve(HISTORY).orElseThrow();

        assertThat(user.vector()).hasSize(9);
        double[] free = naive(model, plain, HISTORY);
        boolean bound = false;
        for (int factor = 0; factor < 9; factor++) {
            assertThat(user.vector()[factor]).isNotNegative();
            bound |= free[factor] < -1e-3;
        }
        assertThat(bound).isTrue();
    }

    @Test
    void solve_ridge_doesNotDependOnTheOrder() {
        FoldInSolver solver = FoldInSolver.of(model(8, ridges().findFirst().orElseThrow()));
        History shuffled = new History(new int[] {60, 2, 44, 7, 30, 11}, new float[] {2, 5, 1, 3, 4, 0.5f});

        float[] first = solver.solve(HISTORY).orElseThrow().vector();
        float[] second = solver.solve(shuffled).orElseThrow().vector();

        for (int factor = 0; factor < 8; factor++) {
            assertThat(second[factor]).isCloseTo(first[factor], within(1e-6f));
        }
    }

    /** A long history and one of which little is liked must leave nothing to the next. */
    @Test
    void solve_afterOtherHistories_isAsTheFirstTime() {
        FoldIn.Ridge law = ridges().toList().get(1);
        FoldInSolver used = FoldInSolver.of(model(8, law));
        int[] all = new int[ITEMS];
        float[] values = new float[ITEMS];
        Arrays.setAll(all, index -> index);
        Arrays.fill(values, 4);

        used.solve(new History(all, values));
        used.solve(new History(new int[] {2, 7, 11}, new float[] {0, 0, 9}));

        assertThat(used.solve(HISTORY).orElseThrow().vector())
                .containsExactly(FoldInSolver.of(model(8, law))
                        .solve(HISTORY)
                        .orElseThrow()
                        .vector());
    }

    @Test
    void readsTimes_onlyWhereRecencyCounts() {
        FoldIn.Ridge ridge = ridges().findFirst().orElseThrow();

        assertThat(FoldInSolver.of(model(4, ridge)).readsTimes()).isFalse();
        assertThat(FoldInSolver.of(model(4, new FoldIn.WeightedRidge(ridge, 1, 2, false)))
                        .readsTimes())
                .isFalse();
        assertThat(FoldInSolver.of(model(4, new FoldIn.WeightedRidge(ridge, 1, 2, false, false, 3)))
                        .readsTimes())
                .isTrue();
        assertThat(FoldInSolver.of(model(4, new FoldIn.None())).readsTimes()).isFalse();
    }

    @Test
    void solve_noLaw_findsNothing() {
        assertThat(FoldInSolver.of(model(4, new FoldIn.None())).solve(HISTORY)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ridges")
    void solve_nothingLiked_findsNothing(FoldIn.Ridge law) {
        FoldInSolver solver = FoldInSolver.of(model(4, law));

        assertThat(solver.solve(new History(new int[0], new float[0]))).isEmpty();
        if (Double.isFinite(law.minimumValue())) {
            assertThat(solver.solve(new History(new int[] {3}, new float[] {1})))
                    .isEmpty();
        }
    }

    @Test
    void solve_underdeterminedWithoutRegularization_findsNothing() {
        FoldIn law =
                new FoldIn.Ridge(0, 0, 0, new Confidence.Linear(0), Double.NEGATIVE_INFINITY, FoldIn.Target.ONE, false);
        FloatMatrix items = FloatMatrix.allocate(Arena.ofAuto(), 2, 3);
        items.set(0, 0, 1);
        EmbeddingModel model = EmbeddingModel.builder(FloatMatrix.allocate(Arena.ofAuto(), 0, 3), items)
                .foldIn(law)
                .build();

        assertThat(FoldInSolver.of(model).solve(new History(new int[] {0}, new float[] {1})))
                .isEmpty();
    }

    @Test
    void solve_solutionBeyondFloat_findsNothing() {
        FoldIn law = new FoldIn.Ridge(
                0, 0, 0, new Confidence.Linear(0), Double.NEGATIVE_INFINITY, FoldIn.Target.VALUE, false);
        FloatMatrix items = FloatMatrix.allocate(Arena.ofAuto(), 1, 1);
        items.set(0, 0, 1e-20f);
        EmbeddingModel model = EmbeddingModel.builder(FloatMatrix.allocate(Arena.ofAuto(), 0, 1), items)
                .foldIn(law)
                .build();

        assertThat(FoldInSolver.of(model).solve(new History(new int[] {0}, new float[] {3e38f})))
                .isEmpty();
    }

    @Test
    void solve_gradient_sameHistorySameVectorAndLikedItemsLeadTheOthers() {
        for (FoldIn.Loss loss : FoldIn.Loss.values()) {
            FoldIn law = new FoldIn.Gradient(loss, 20, 0.1, 0.001, 4, 1.5);
            EmbeddingModel model = model(16, law);

            FoldedUser first = FoldInSolver.of(model).solve(HISTORY).orElseThrow();
            FoldedUser second = FoldInSolver.of(model).solve(HISTORY).orElseThrow();

            assertThat(second.vector()).isEqualTo(first.vector());
            double liked = mean(model, first, new int[] {2, 7, 30, 60});
            double others = mean(model, first, new int[] {0, 1, 3, 4, 5, 6, 8, 9, 20, 21, 50, 51});
            assertThat(liked).as(loss.name()).isGreaterThan(others + 0.5);
        }
    }

    @Test
    void solve_gradientWithRecency_followsTheLatestItems() {
        for (FoldIn.Loss loss : FoldIn.Loss.values()) {
            FoldIn plain = new FoldIn.Gradient(loss, 20, 0.1, 0.001, 4, 1.5);
            FoldIn recent = new FoldIn.Gradient(loss, 20, 0.1, 0.001, 4, 1.5, 0.5, 30, 5);
            History ordered = new History(HISTORY.items(), HISTORY.values(), new long[] {9, 5, 1, 2, 3, 4});
            History atOnce = new History(HISTORY.items(), HISTORY.values(), new long[] {9, 9, 9, 9, 9, 9});
            FoldedUser before = FoldInSolver.of(model(16, plain)).solve(ordered).orElseThrow();
            FoldedUser after = FoldInSolver.of(model(16, recent)).solve(ordered).orElseThrow();
            FoldedUser same = FoldInSolver.of(model(16, recent)).solve(atOnce).orElseThrow();

            EmbeddingModel model = model(16, recent);
            double grown = mean(model, after, new int[] {2}) - mean(model, before, new int[] {2});
            double others = mean(model, after, new int[] {30, 60}) - mean(model, before, new int[] {30, 60});
            assertThat(grown).as(loss.name()).isGreaterThan(others + 0.1);
            assertThat(same.vector()).isEqualTo(before.vector());
        }
    }

    @Test
    void readsTimes_whereTheLawHasRecency() {
        FoldIn.Gradient plain = new FoldIn.Gradient(FoldIn.Loss.BPR, 20, 0.1, 0.001, 4, 1.5);
        FoldIn.Gradient recent = new FoldIn.Gradient(FoldIn.Loss.BPR, 20, 0.1, 0.001, 4, 1.5, 2, 30, 5);
        assertThat(FoldInSolver.of(model(4, plain)).readsTimes()).isFalse();
        assertThat(FoldInSolver.of(model(4, recent)).readsTimes()).isTrue();
    }

    @Test
    void solve_gradientOnAllItemsLiked_ends() {
        int[] items = new int[ITEMS];
        float[] values = new float[ITEMS];
        Arrays.setAll(items, index -> index);
        Arrays.fill(values, 1);

        for (FoldIn.Loss loss : FoldIn.Loss.values()) {
            FoldIn law = new FoldIn.Gradient(loss, 3, 0.1, 0.001, 4, 0);
            Optional<FoldedUser> user = FoldInSolver.of(model(4, law)).solve(new History(items, values));
            assertThat(user).isPresent();
        }
    }

    /** One item has the whole weight, so that every step is against it: as if it were the only other item there is. */
    @Test
    void solve_gradientWithWeights_drawsNegativesByThem() {
        int popular = 40;
        FloatMatrix weights = FloatMatrix.allocate(Arena.ofAuto(), ITEMS, 1);
        weights.set(popular, 0, 3);
        for (FoldIn.Loss loss : List.of(FoldIn.Loss.LOGISTIC, FoldIn.Loss.BPR)) {
            FoldIn law = new FoldIn.Gradient(loss, 10, 0.1, 0.001, 4, 1.5);
            EmbeddingModel uniform = model(8, law);
            EmbeddingModel weighted = EmbeddingModel.builder(uniform.users(), uniform.items())
                    .offset(uniform.offset())
                    .itemWeights(weights)
                    .foldIn(law)
                    .build();
            FoldedUser against = FoldInSolver.of(weighted).solve(HISTORY).orElseThrow();

            FloatMatrix two = FloatMatrix.allocate(Arena.ofAuto(), 2, 8);
            copyRow(uniform.items(), 2, two, 0);
            copyRow(uniform.items(), popular, two, 1);
            FoldedUser single = FoldInSolver.of(weighted)
                    .solve(new History(new int[] {2}, new float[] {5}))
                    .orElseThrow();
            FoldedUser ofTwo = FoldInSolver.of(EmbeddingModel.builder(two, two)
                            .offset(uniform.offset())
                            .foldIn(law)
                            .build())
                    .solve(new History(new int[] {0}, new float[] {5}))
                    .orElseThrow();

            assertThat(single.vector()).as(loss.name()).isEqualTo(ofTwo.vector());
            assertThat(against.vector())
                    .isNotEqualTo(FoldInSolver.of(uniform)
                            .solve(HISTORY)
                            .orElseThrow()
                            .vector());
        }
    }

    /** Nothing is left to draw: as if the liked item were the only one. */
    @Test
    void solve_gradientWithWeights_neverDrawsWhatIsLiked() {
        FloatMatrix weights = FloatMatrix.allocate(Arena.ofAuto(), ITEMS, 1);
        weights.set(2, 0, 1);
        FoldIn law = new FoldIn.Gradient(FoldIn.Loss.LOGISTIC, 10, 0.1, 0.001, 4, 0);
        EmbeddingModel plain = model(8, law);
        FloatMatrix single = FloatMatrix.allocate(Arena.ofAuto(), 1, 8);
        copyRow(plain.items(), 2, single, 0);
        EmbeddingModel weighted = EmbeddingModel.builder(plain.users(), plain.items())
                .itemWeights(weights)
                .foldIn(law)
                .build();
        EmbeddingModel alone =
                EmbeddingModel.builder(single, single).foldIn(law).build();

        float[] vector = FoldInSolver.of(weighted)
                .solve(new History(new int[] {2}, new float[] {1}))
                .orElseThrow()
                .vector();

        assertThat(vector)
                .isEqualTo(FoldInSolver.of(alone)
                        .solve(new History(new int[] {0}, new float[] {1}))
                        .orElseThrow()
                        .vector())
                .isNotEqualTo(new float[8]);
    }

    private static void copyRow(FloatMatrix source, int from, FloatMatrix target, int to) {
        float[] row = new float[source.columns()];
        source.readRow(from, row, 0);
        target.writeRow(to, row, 0);
    }

    @Test
    void solve_manyThreads_eachGetsItsOwnAnswer() throws Exception {
        FoldInSolver solver = FoldInSolver.of(model(16, ridges().findFirst().orElseThrow()));
        List<float[]> expected = new ArrayList<>();
        for (int item = 0; item < ITEMS; item++) {
            expected.add(solver.solve(single(item)).orElseThrow().vector());
        }

        try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
            List<Future<?>> futures = new ArrayList<>();
            for (int task = 0; task < 4; task++) {
                futures.add(executor.submit(() -> {
                    for (int round = 0; round < 20; round++) {
                        for (int item = 0; item < ITEMS; item++) {
                            assertThat(solver.solve(single(item)).orElseThrow().vector())
                                    .isEqualTo(expected.get(item));
                        }
                    }
                }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        }
    }

    private static History single(int item) {
        return new History(new int[] {item}, new float[] {1});
    }

    private static double mean(EmbeddingModel model, FoldedUser user, int[] items) {
        double sum = 0;
        for (int item : items) {
            for (int factor = 0; factor < model.rank(); factor++) {
                sum += user.vector()[factor] * model.items().get(item, factor);
            }
            sum += model.itemBiases().orElseThrow().get(item, 0);
        }
        return sum / items.length;
    }

    private static EmbeddingModel model(int rank, FoldIn law) {
        Arena arena = Arena.ofAuto();
        SplittableRandom random = new SplittableRandom(rank);
        FloatMatrix items = FloatMatrix.allocate(arena, ITEMS, rank);
        FloatMatrix biases = FloatMatrix.allocate(arena, ITEMS, 1);
        for (int item = 0; item < ITEMS; item++) {
            biases.set(item, 0, (float) (0.1 * random.nextGaussian()));
            for (int factor = 0; factor < rank; factor++) {
                items.set(item, factor, (float) (random.nextGaussian() / Math.sqrt(rank)));
            }
        }
        return EmbeddingModel.builder(FloatMatrix.allocate(arena, 0, rank), items)
                .itemBiases(biases)
                .offset(law instanceof FoldIn.Ridge ? 3 : 0)
                .foldIn(law)
                .build();
    }

    /** The minimum of the definition: normal equations summed over all pairs, Gaussian elimination with pivots. */
    private static double[] naive(EmbeddingModel model, FoldIn.Ridge law, History history) {
        int rank = model.rank();
        int order = rank + (law.userBias() ? 1 : 0);
        double[][] a = new double[order][order + 1];
        for (int item = 0; item < ITEMS; item++) {
            for (int row = 0; row < rank; row++) {
                for (int column = 0; column < rank; column++) {
                    a[row][column] += law.unobservedWeight()
                            * model.items().get(item, row)
                            * model.items().get(item, column);
                }
            }
        }
        int liked = 0;
        for (int index = 0; index < history.size(); index++) {
            float value = history.values()[index];
            if (value < law.minimumValue()) {
                continue;
            }
            liked++;
            int item = history.items()[index];
            double[] h = new double[order];
            for (int factor = 0; factor < rank; factor++) {
                h[factor] = model.items().get(item, factor);
            }
            if (law.userBias()) {
                h[rank] = 1;
            }
            double weight = law.confidence().weight(value);
            double target = law.target() == FoldIn.Target.ONE
                    ? 1
                    : value - model.offset() - model.itemBiases().orElseThrow().get(item, 0);
            for (int row = 0; row < order; row++) {
                for (int column = 0; column < order; column++) {
                    a[row][column] += weight * h[row] * h[column];
                }
                a[row][order] += weight * target * h[row];
            }
        }
        double ridge =
                law.regularization() * Math.pow(liked + law.unobservedWeight() * ITEMS, law.regularizationExponent());
        for (int row = 0; row < order; row++) {
            a[row][row] += ridge;
        }
        return eliminate(a);
    }

    private static double[] eliminate(double[][] a) {
        int order = a.length;
        for (int pivot = 0; pivot < order; pivot++) {
            int best = pivot;
            for (int row = pivot + 1; row < order; row++) {
                best = Math.abs(a[row][pivot]) > Math.abs(a[best][pivot]) ? row : best;
            }
            double[] swapped = a[pivot];
            a[pivot] = a[best];
            a[best] = swapped;
            for (int row = 0; row < order; row++) {
                if (row != pivot) {
                    double factor = a[row][pivot] / a[pivot][pivot];
                    for (int column = pivot; column <= order; column++) {
                        a[row][column] -= factor * a[pivot][column];
                    }
                }
            }
        }
        double[] solution = new double[order];
        for (int row = 0; row < order; row++) {
            solution[row] = a[row][order] / a[row][row];
        }
        return solution;
    }
}
