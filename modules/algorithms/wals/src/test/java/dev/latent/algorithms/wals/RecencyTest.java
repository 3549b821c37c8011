package dev.latent.algorithms.wals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latent.algorithms.wals.Interactions.Entry;
import dev.latent.evaluation.FoldInSolver;
import dev.latent.math.SeededRandom;
import dev.latent.math.WorkerPool;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.History;
import dev.latent.spi.Sweep;
import dev.latent.spi.TrainedModel;
import dev.latent.testkit.RecordingListener;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Users whose vectors follow their latest interactions. */
class RecencyTest {

    private static final Interactions UNTIMED = Planted.noise(40, 30, 0.3, 5);
    private static final Interactions DATA = timed(UNTIMED);

    /** Times of a few hours, so that some of a user's are equal. */
    private static Interactions timed(Interactions data) {
        SeededRandom random = SeededRandom.of(3, 0);
        return data.withEntries(data.entries().stream()
                .map(entry ->
                        new Entry(entry.user(), entry.item(), entry.value(), 1_000_000 + 3600L * random.nextInt(6)))
                .toList());
    }

    private static Map<String, String> with(String halfLife, Map<String, String> others) {
        Map<String, String> given = new HashMap<>(others);
        given.put("recency_half_life", halfLife);
        return given;
    }

    static Stream<Map<String, String>> settings() {
        return Stream.of(
                Map.of("factors", "6", "solver", "cholesky"),
                Map.of("factors", "40", "solver", "cholesky", "minimum_value", "2"),
                Map.of("factors", "6", "item_normalization", "0.5", "alpha", "1"),
                Map.of("factors", "6", "item_weight_exponent", "0.5", "user_weight_exponent", "0.3"),
                Map.of("factors", "6", "non_negative", "true"),
                Map.of("factors", "6", "feedback", "explicit"));
    }

    @Test
    void modelInTheMidst_isToldAsPartOfItsSweep() {
        List<Integer> told = new CopyOnWriteArrayList<>();
        Fit fit = Fit.of(DATA, with("2", Map.of("factors", "6", "iterations", "3")));
        new WalsAlgorithm().train(fit, new RecordingListener() {
            @Override
            public void progress(int sweep, int sweeps, double fraction) {
                told.add(sweep);
            }

            @Override
            public Decision sweep(Sweep sweep, Supplier<? extends TrainedModel> current) {
                assertThat(current.get()).isNotNull();
                return Decision.CONTINUE;
            }
        });
        assertThat(told).isSorted().contains(1, 2, 3);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void vectorOfATrainedUser_isTheFoldInOfTheHistoryWithItsTimes(Map<String, String> given) {
        EmbeddingModel model = Fit.train(DATA, with("2", given));
        Oracle oracle = new Oracle(model, DATA);
        FoldInSolver solver = FoldInSolver.of(model);
        for (int user = 0; user < DATA.users(); user++) {
            List<Entry> history = DATA.byUser().get(user);
            float[] values = new float[history.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = history.get(i).value();
            }
            int[] items = history.stream().mapToInt(Entry::item).toArray();
            long[] times = history.stream().mapToLong(Entry::time).toArray();
            float[] stored = new float[model.rank()];
            model.users().readRow(user, stored, 0);
            assertThat(solver.solve(new History(items, values, times))
                            .orElseThrow()
                            .vector())
                    .containsExactly(stored, within(2e-4f));
            if (!given.containsKey("non_negative")) {
                assertThat(Oracle.stored(model.users(), model.userBiases(), user))
                        .containsExactly(oracle.user(user), within(2e-4));
            }
        }
    }

    @Test
    void itemsAndLoss_areAsWithoutRecency() {
        Fit plain = Fit.of(DATA, Map.of("factors", "6"));
        Fit recent = Fit.of(DATA, Map.of("factors", "6", "recency_half_life", "2"));
        EmbeddingModel plainModel = plain.train();
        EmbeddingModel recentModel = recent.train();
        assertThat(recentModel.items().segment().mismatch(plainModel.items().segment()))
                .isEqualTo(-1);
        assertThat(recentModel.users().segment().mismatch(plainModel.users().segment()))
                .isNotEqualTo(-1);
        assertThat(recent.lastSweep()).isEqualTo(plain.lastSweep());
    }

    @Test
    void dataWithoutTimes_givesThePlainUsersAndSaysSo() {
        Fit fit = Fit.of(UNTIMED, Map.of("factors", "6", "recency_half_life", "2"));
        EmbeddingModel plain = Fit.train(UNTIMED, Map.of("factors", "6"));
        assertThat(fit.train().users().segment().mismatch(plain.users().segment()))
                .isEqualTo(-1);
        assertThat(fit.lines()).anyMatch(line -> line.contains("recency_half_life") && line.contains("no interaction"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void users_haveTheSameBytesOnAnyNumberOfThreads(Map<String, String> given) {
        assertThat(users(given, 2).mismatch(users(given, 1))).isEqualTo(-1);
        assertThat(users(given, 7).mismatch(users(given, 1))).isEqualTo(-1);
    }

    private static MemorySegment users(Map<String, String> given, int threads) {
        Fit fit = Fit.of(DATA, with("2", given));
        fit.threads = threads;
        return fit.train().users().segment();
    }

    @Test
    void rowsSharedByAllThreads_haveTheWeightsToo() {
        Fit fit = Fit.of(DATA, Map.of("factors", "6", "recency_half_life", "2"));
        try (WorkerPool pool = new WorkerPool(3)) {
            WalsTraining training = new WalsTraining(fit, fit.options(), new RowLimits(4, 2), pool, fit);
            training.start();
            training.solveItems(1, new Progress(fit, 1, 1, 1));
            training.solveUsers(1, new Progress(fit, 1, 1, 1));
            EmbeddingModel model = training.model();
            Oracle oracle = new Oracle(model, DATA);
            for (int user = 0; user < DATA.users(); user++) {
                assertThat(Oracle.stored(model.users(), model.userBiases(), user))
                        .containsExactly(oracle.user(user), within(1e-4));
            }
        }
    }

    @Test
    void inexactSolvers_comeNearTheExactVector() {
        for (String solver : List.of("block", "cg")) {
            EmbeddingModel model = Fit.train(
                    DATA, Map.of("factors", "6", "recency_half_life", "2", "solver", solver, "block_size", "3"));
            Oracle oracle = new Oracle(model, DATA);
            for (int user = 0; user < DATA.users(); user++) {
                assertThat(Oracle.stored(model.users(), model.userBiases(), user))
                        .as(solver)
                        .containsExactly(oracle.user(user), within(0.02));
            }
        }
    }
}
