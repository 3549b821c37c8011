package dev.latent.algorithms.itemknn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.latent.spi.ElementType;
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
import java.lang.foreign.MemorySegment;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Similarities against values worked out by hand. */
final class ItemKnnTest {

    /** Users 0 to 2 took items {0, 1}, {0, 1, 2} and {2}; item 3 nobody took. */
    private static Snapshot small() {
        return InMemorySnapshot.builder(3, 4)
                .add(0, 0, 1)
                .add(0, 1, 2)
                .add(1, 0, 1)
                .add(1, 1, 1)
                .add(1, 2, 4)
                .add(2, 2, 1)
                .build();
    }

    private static ScoringModel train(Snapshot snapshot, Map<String, String> given) {
        return (ScoringModel)
                new ItemKnn().train(RunContext.of(new ItemKnn(), given, snapshot), new RecordingListener());
    }

    private static float[] scores(Snapshot snapshot, Map<String, String> given, int item, float value) {
        ScoringModel model = train(snapshot, given);
        float[] scores = new float[snapshot.itemCount()];
        model.score(new History(new int[] {item}, new float[] {value}), scores);
        return scores;
    }

    @Test
    void cosine_isTheAngleBetweenItems() {
        assertThat(scores(small(), Map.of(), 0, 1)).containsExactly(new float[] {0, 1, 0.5f, 0}, within(1e-6f));
        float byValue = (float) (3 / Math.sqrt(2 * 5));
        assertThat(scores(small(), Map.of("weight", "value"), 0, 2))
                .containsExactly(new float[] {0, 2 * byValue, (float) (2 * 4 / Math.sqrt(2 * 17)), 0}, within(1e-6f));
    }

    @Test
    void shrinkage_makesPairsWithFewCommonUsersLessSimilar() {
        assertThat(scores(small(), Map.of("shrinkage", "2"), 0, 1))
                .containsExactly(new float[] {0, 0.5f, 0.25f, 0}, within(1e-6f));
    }

    @Test
    void tfidf_countsActiveUsersLess() {
        double pair = Math.log(4.0 / 3);
        double triple = Math.log(4.0 / 4);
        double single = Math.log(4.0 / 2);
        float[] scores = scores(small(), Map.of("similarity", "tfidf"), 0, 1);
        assertThat(triple).isZero();
        assertThat(single).isPositive();
        assertThat(scores).containsExactly(new float[] {0, (float) (pair * pair / (pair * pair)), 0, 0}, within(1e-6f));
    }

    /** Three users as active as each other, of whom the last disliked item 0; items 2 and 3 nobody took. */
    private static Snapshot disliked() {
        return InMemorySnapshot.builder(3, 4)
                .add(0, 0, 1)
                .add(0, 1, 4)
                .add(1, 0, 9)
                .add(1, 1, 1)
                .add(2, 0, -1)
                .add(2, 1, 1)
                .build();
    }

    @Test
    void tfidf_takesRootsAndDislikesForNothing() {
        Map<String, String> given = Map.of("similarity", "tfidf", "weight", "value", "minimum_value", "-5");
        // √x: (1, 3, 0) and (2, 1, 1)
        assertThat(scores(disliked(), given, 0, 1))
                .containsExactly(new float[] {0, (float) (5 / Math.sqrt(10 * 6)), 0, 0}, within(1e-6f));
    }

    @Test
    void bm25_takesDislikesForNothing() {
        double idf = Math.log(4.0 / 3);
        double k1 = 2;
        double zero = (9 * (k1 + 1) / (k1 + 9)) * (1 * (k1 + 1) / (k1 + 1));
        double one = (1 * (k1 + 1) / (k1 + 1)) * (4 * (k1 + 1) / (k1 + 4));
        Map<String, String> given =
                Map.of("similarity", "bm25", "bm25_k1", "2", "bm25_b", "0", "weight", "value", "minimum_value", "-5");
        assertThat(scores(disliked(), given, 0, 1))
                .containsExactly(new float[] {0, (float) ((zero + one) * idf * idf), 0, 0}, within(1e-5f));
    }

    @Test
    void cosine_leavesOutItemsThatAreUnlikeAndValuesBelowTheMinimum() {
        Map<String, String> unlike = Map.of("weight", "value", "minimum_value", "-5");
        Snapshot opposite =
                InMemorySnapshot.builder(1, 2).add(0, 0, -1).add(0, 1, 1).build();
        assertThat(scores(opposite, unlike, 0, 1)).containsOnly(0f);
        assertThat(scores(small(), Map.of("minimum_value", "2"), 1, 2)).containsOnly(0f);
        assertThat(scores(small(), Map.of("minimum_value", "1"), 1, 0.5f)).containsOnly(0f);
        assertThat(scores(small(), Map.of("minimum_value", "1"), 1, 1)[0]).isEqualTo(1);
    }

    @Test
    void bm25_isTheProductOfSaturatedWeights() {
        double idf = Math.log(4.0 / 3);
        double mean = 10.0 / 4;
        double k1 = 1.5;
        double zero = 1 * (k1 + 1) / (k1 * (0.25 + 0.75 * 2 / mean) + 1) * idf;
        double one = 2 * (k1 + 1) / (k1 * (0.25 + 0.75 * 3 / mean) + 2) * idf;
        Map<String, String> given = Map.of("similarity", "bm25", "bm25_k1", "1.5", "bm25_b", "0.75", "weight", "value");
        assertThat(scores(small(), given, 0, 1))
                .containsExactly(new float[] {0, (float) (zero * one), 0, 0}, within(1e-6f));
    }

    @Test
    void onlyTheNearest_areKept_theLowerNumberOfEquals() {
        assertThat(scores(small(), Map.of("neighbours", "1"), 2, 1))
                .containsExactly(new float[] {0.5f, 0, 0, 0}, within(1e-6f));
    }

    @Test
    void userWithALongHistory_isLeftOutAndTold() {
        RecordingListener listener = new RecordingListener();
        ScoringModel model = (ScoringModel)
                new ItemKnn().train(RunContext.of(new ItemKnn(), Map.of("longest_history", "2"), small()), listener);
        float[] scores = new float[4];
        model.score(new History(new int[] {2}, new float[] {1}), scores);
        assertThat(scores).containsOnly(0f);
        assertThat(listener.lines())
                .contains("1 users with more than 2 interactions left out of the similarities ('longest_history')");
    }

    @Test
    void sectionsThatDoNotFit_areRefused() throws IOException {
        InMemorySections written = new InMemorySections();
        train(small(), Map.of()).write(written);
        Section neighbours = written.read("neighbours");
        MemorySegment strange = Arena.ofAuto().allocate(neighbours.data().byteSize(), Long.BYTES);
        strange.set(SparseRows.INT32, 5 * Integer.BYTES, 4);
        assertRefused(
                written,
                new Section("neighbours", ElementType.INT32, neighbours.rows(), neighbours.columns(), strange),
                "names item 4 of 4 in place 5");
        FloatMatrix small = FloatMatrix.allocate(Arena.ofAuto(), 3, neighbours.columns());
        assertRefused(written, Section.of("similarities", small), "of 3 x 4 do not fit");
        FloatMatrix square = FloatMatrix.allocate(Arena.ofAuto(), 2, 2);
        assertRefused(written, Section.of("counting_rule", square), "is 2 x 2, expected 1 x 2");
    }

    private static void assertRefused(InMemorySections written, Section other, String reason) throws IOException {
        InMemorySections damaged = new InMemorySections();
        for (String name : written.names()) {
            damaged.write(name.equals(other.name()) ? other : written.read(name));
        }
        assertThatThrownBy(() -> new ItemKnn().reopen(damaged))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void budgetTooSmall_isRefusedWithTheFigure() {
        Snapshot snapshot = SyntheticSnapshots.ratings(30, 2_000, 0.02, 6);
        RunContext context = RunContext.of(new ItemKnn(), Map.of("neighbours", "1000"), snapshot)
                .withMemoryBudget(1 << 20);
        assertThatThrownBy(() -> new ItemKnn().train(context, new RecordingListener()))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessage("2000 items with 1000 neighbours need 15 MiB, the run may use 1 MiB; lower 'neighbours'");
    }

    @Test
    void largestValueOfAHistory_givesFiniteScores() {
        assertThat(scores(small(), Map.of("weight", "value"), 0, Float.MAX_VALUE))
                .containsExactly(scores(small(), Map.of("weight", "value"), 0, 1e9f));
    }

    @Test
    void estimateOfTime_isOfThePairsWithinTheHistoriesThatCount() {
        double one = seconds(Map.of(), new SnapshotShape(1_000, 512, 10_000, 10, 100, 0, 0), 1);
        double longer = seconds(Map.of(), new SnapshotShape(1_000, 512, 40_000, 40, 400, 0, 0), 1);
        double skewed = seconds(Map.of(), new SnapshotShape(1_000, 512, 10_000, 490, 100, 0, 0), 2);
        double cut = seconds(Map.of("longest_history", "40"), new SnapshotShape(1_000, 512, 10_000, 490, 100, 0, 0), 2);

        assertThat(one).isPositive();
        assertThat(longer / one).isCloseTo(16, within(1e-6));
        assertThat(skewed / one).isCloseTo(7.0 / 2, within(1e-6));
        assertThat(cut / one).isCloseTo(2.0 / 2, within(1e-6));
        assertThat(seconds(Map.of(), new SnapshotShape(0, 0, 0, 0, 0, 0, 0), 1)).isZero();
    }

    private static double seconds(Map<String, String> given, SnapshotShape shape, int threads) {
        RunContext context = RunContext.of(new ItemKnn(), given, small());
        return new ItemKnn()
                .estimate(shape, context.hyperparameters(), threads)
                .orElseThrow()
                .secondsPerSweep();
    }
}
