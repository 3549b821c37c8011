package dev.latent.algorithms.ease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.latent.spi.FloatMatrix;
import dev.latent.spi.History;
import dev.latent.spi.ScoringModel;
import dev.latent.spi.Section;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SnapshotShape;
import dev.latent.spi.SparseRows;
import dev.latent.spi.TrainingFailedException;
import dev.latent.testkit.InMemorySections;
import dev.latent.testkit.InMemorySnapshot;
import dev.latent.testkit.RecordingListener;
import dev.latent.testkit.RunContext;
import dev.latent.testkit.SyntheticSnapshots;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The weights against the formula on dense matrices, through items and through users. */
final class EaseTest {

    private static ScoringModel train(Snapshot snapshot, Map<String, String> given) {
        return (ScoringModel) new Ease().train(RunContext.of(new Ease(), given, snapshot), new RecordingListener());
    }

    @ParameterizedTest
    @CsvSource({"90, 40, count, 0", "40, 90, count, 0", "200, 150, value, 3", "150, 200, value, 3", "1, 5, count, 0"})
    void weights_areThoseOfTheFormula(int users, int items, String weight, String minimum) {
        Snapshot snapshot = SyntheticSnapshots.ratings(users, items, 0.2, 5);
        ScoringModel model = train(snapshot, Map.of("regularization", "7", "weight", weight, "minimum_value", minimum));
        double[][] p = inverse(gramian(dense(snapshot, weight.equals("value"), Float.parseFloat(minimum)), items));
        float[] scores = new float[items];
        for (int item = 0; item < items; item++) {
            model.score(new History(new int[] {item}, new float[] {4}), scores);
            double entry = weight.equals("value") ? 4 : 1;
            for (int other = 0; other < items; other++) {
                double expected = item == other ? 0 : -p[item][other] / p[other][other] * entry;
                assertThat((double) scores[other]).as("%s for %s", item, other).isCloseTo(expected, within(1e-5));
            }
        }
    }

    private static double[][] dense(Snapshot snapshot, boolean byValue, float minimum) {
        double[][] x = new double[snapshot.userCount()][snapshot.itemCount()];
        SparseRows rows = snapshot.byUser();
        for (int user = 0; user < rows.rows(); user++) {
            for (long position = rows.start(user); position < rows.end(user); position++) {
                if (rows.value(position) >= minimum) {
                    x[user][rows.index(position)] = byValue ? rows.value(position) : 1;
                }
            }
        }
        return x;
    }

    /** XᵀX + 7I. */
    private static double[][] gramian(double[][] x, int items) {
        double[][] gramian = new double[items][items];
        for (int i = 0; i < items; i++) {
            gramian[i][i] = 7;
            for (int j = 0; j < items; j++) {
                for (double[] row : x) {
                    gramian[i][j] += row[i] * row[j];
                }
            }
        }
        return gramian;
    }

    /** Gauss and Jordan, without pivoting, which a positive definite matrix does not need. */
    private static double[][] inverse(double[][] a) {
        int size = a.length;
        double[][] inverse = new double[size][size];
        for (int i = 0; i < size; i++) {
            inverse[i][i] = 1;
        }
        for (int pivot = 0; pivot < size; pivot++) {
            double scale = 1 / a[pivot][pivot];
            for (int row = 0; row < size; row++) {
                double factor = row == pivot ? 0 : a[row][pivot] * scale;
                for (int column = 0; column < size && factor != 0; column++) {
                    a[row][column] -= factor * a[pivot][column];
                    inverse[row][column] -= factor * inverse[pivot][column];
                }
            }
            for (int column = 0; column < size; column++) {
                a[pivot][column] *= scale;
                inverse[pivot][column] *= scale;
            }
        }
        return inverse;
    }

    @Test
    void scoresOfAHistory_areTheSumOfItsItems() {
        Snapshot snapshot = SyntheticSnapshots.ratings(60, 30, 0.3, 6);
        ScoringModel model = train(snapshot, Map.of("minimum_value", "2"));
        float[] one = new float[30];
        float[] two = new float[30];
        float[] both = new float[30];
        model.score(new History(new int[] {3}, new float[] {2}), one);
        model.score(new History(new int[] {17}, new float[] {5}), two);
        model.score(new History(new int[] {3, 9, 17}, new float[] {2, 1.5f, 5}), both);
        for (int item = 0; item < 30; item++) {
            assertThat(both[item]).as("item %s", item).isCloseTo(one[item] + two[item], within(1e-6f));
        }
    }

    @Test
    void valuesBeyondFloat64_areRefusedWithTheNextStep() {
        float large = 1 << 29; // so that its square swallows the regularization, exactly
        Map<String, String> given = Map.of("weight", "value", "regularization", "0.001");
        Snapshot throughItems =
                InMemorySnapshot.builder(2, 2).add(0, 0, large).add(0, 1, large).build();
        assertThatThrownBy(() -> train(throughItems, given))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("The Gramian of 2 rows is not positive definite in float64; raise")
                .hasMessageContaining("(it was 0.001)");
        Snapshot throughUsers = InMemorySnapshot.builder(1, 2).add(0, 0, large).build();
        assertThatThrownBy(() -> train(throughUsers, given))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("The weight of item 1 for item 0 is NaN; raise 'regularization'");
    }

    @Test
    void sectionsThatDoNotFit_areRefused() throws IOException {
        InMemorySections written = new InMemorySections();
        train(SyntheticSnapshots.ratings(20, 8, 0.3, 6), Map.of()).write(written);
        FloatMatrix flat = FloatMatrix.allocate(Arena.ofAuto(), 2, 3);
        for (String name : List.of("weights", "counting_rule")) {
            InMemorySections damaged = new InMemorySections();
            for (String each : written.names()) {
                damaged.write(each.equals(name) ? Section.of(name, flat) : written.read(each));
            }
            assertThatThrownBy(() -> new Ease().reopen(damaged))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("'" + name + "' of 2 x 3");
        }
    }

    @Test
    void budgetTooSmall_isRefusedWithTheFigure() {
        Snapshot snapshot = SyntheticSnapshots.ratings(1_200, 1_000, 0.01, 6);
        RunContext context = RunContext.of(new Ease(), Map.of(), snapshot).withMemoryBudget(8 << 20);
        assertThatThrownBy(() -> new Ease().train(context, new RecordingListener()))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("1000 items and 1200 users need 11 MiB")
                .hasMessageContaining("the run may use 8 MiB");
    }

    @Test
    void estimate_growsWithTheSquareOfTheItemsAndSaturates() {
        Ease ease = new Ease();
        RunContext context = RunContext.of(ease, Map.of(), SyntheticSnapshots.ratings(5, 5, 0.5, 1));
        SnapshotShape shape = new SnapshotShape(100_000, 20_000, 5_000_000, 900, 40_000, 0, 0);
        assertThat(ease.estimate(shape, context.hyperparameters(), 2)
                        .orElseThrow()
                        .nativeBytes())
                .isEqualTo(4L * 20_000 * 20_000);
        SnapshotShape huge = new SnapshotShape(Integer.MAX_VALUE, Integer.MAX_VALUE, 1L << 40, 5, 5, 0, 0);
        assertThat(ease.estimate(huge, context.hyperparameters(), 2)
                        .orElseThrow()
                        .totalBytes())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void estimateOfTime_growsWithTheCubeOfTheSmallerSideAndFallsWithThreads() {
        double small = seconds(new SnapshotShape(100_000, 4_000, 100_000, 2, 1_000, 0, 0), 1);
        double large = seconds(new SnapshotShape(100_000, 8_000, 100_000, 2, 1_000, 0, 0), 1);
        double byUsers = seconds(new SnapshotShape(4_000, 8_000, 100_000, 1_000, 2, 0, 0), 1);

        assertThat(small).isPositive();
        assertThat(large / small).isBetween(6.0, 8.1);
        assertThat(byUsers).isLessThan(large / 2);
        assertThat(seconds(new SnapshotShape(100_000, 8_000, 100_000, 2, 1_000, 0, 0), 4))
                .isCloseTo(large / 4, within(large * 1e-9));
        assertThat(seconds(new SnapshotShape(Integer.MAX_VALUE, Integer.MAX_VALUE, 1L << 40, 5, 5, 0, 0), 1))
                .isGreaterThan(1e12)
                .isFinite();
        assertThat(seconds(new SnapshotShape(0, 0, 0, 0, 0, 0, 0), 1)).isZero();
    }

    private static double seconds(SnapshotShape shape, int threads) {
        Ease ease = new Ease();
        RunContext context = RunContext.of(ease, Map.of(), SyntheticSnapshots.ratings(5, 5, 0.5, 1));
        return ease.estimate(shape, context.hyperparameters(), threads)
                .orElseThrow()
                .secondsPerSweep();
    }

    @Test
    void largestValueOfAHistory_givesFiniteScores() {
        ScoringModel model = train(SyntheticSnapshots.ratings(60, 30, 0.3, 6), Map.of("weight", "value"));
        float[] largest = new float[30];
        float[] cut = new float[30];
        model.score(new History(new int[] {3}, new float[] {Float.MAX_VALUE}), largest);
        model.score(new History(new int[] {3}, new float[] {1e9f}), cut);
        assertThat(largest).containsExactly(cut);
    }
}
