package dev.latent.algorithms.popularity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latent.spi.Algorithm;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.History;
import dev.latent.spi.ScoringModel;
import dev.latent.spi.Section;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SnapshotShape;
import dev.latent.spi.TrainingFailedException;
import dev.latent.testkit.AlgorithmContract;
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

/** The contract, and the formula by hand. */
final class PopularityTest extends AlgorithmContract {

    private static final long NEWEST = 1_700_000_000L;
    private static final long DAY = 86_400;

    @Override
    protected Algorithm algorithm() {
        return new Popularity();
    }

    @Override
    protected List<Map<String, String>> settings() {
        return List.of(
                Map.of(),
                Map.of(Popularity.WEIGHT, Popularity.VALUE, Popularity.HALF_LIFE_DAYS, "30"),
                Map.of(Popularity.MINIMUM_VALUE, "4"));
    }

    @Test
    void count_isTheNumberOfInteractions() {
        assertThat(scores(Map.of())).containsExactly(3, 2, 0);
    }

    @Test
    void value_isTheSumOfValues() {
        assertThat(scores(Map.of(Popularity.WEIGHT, Popularity.VALUE))).containsExactly(9, 7, 0);
    }

    @Test
    void minimumValue_countsEqualAndAbove() {
        assertThat(scores(Map.of(Popularity.MINIMUM_VALUE, "3"))).containsExactly(2, 1, 0);
    }

    @Test
    void halfLife_halvesFromTheNewestAndTakesUnknownTimesAsOldest() {
        assertThat(scores(Map.of(Popularity.HALF_LIFE_DAYS, "10"))).containsExactly(1.75f, 0.75f, 0);
    }

    @Test
    void halfLifeWithoutTimes_changesNothing() {
        Snapshot snapshot =
                InMemorySnapshot.builder(2, 1).add(0, 0, 1).add(1, 0, 1).build();
        assertThat(scores(snapshot, Map.of(Popularity.HALF_LIFE_DAYS, "1"))).containsExactly(2);
    }

    @Test
    void history_makesNoDifference() {
        ScoringModel model = train(snapshot(), Map.of());
        float[] one = new float[model.itemCount()];
        float[] other = new float[model.itemCount()];
        model.score(new History(new int[0], new float[0]), one);
        model.score(new History(new int[] {3, 5}, new float[] {1, 4}), other);
        assertThat(one).isEqualTo(other);
    }

    @Test
    void sumBeyondFloat_failsAndNamesTheHyperparameter() {
        Snapshot snapshot = InMemorySnapshot.builder(2, 1)
                .add(0, 0, Float.MAX_VALUE)
                .add(1, 0, Float.MAX_VALUE)
                .build();
        assertThatThrownBy(() -> train(snapshot, Map.of(Popularity.WEIGHT, Popularity.VALUE)))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("'weight'");
    }

    @Test
    void reference_isTheSnapshotsNewestTimeNotTheClock() {
        Snapshot early = InMemorySnapshot.builder(2, 2)
                .add(0, 0, 1, 20 * DAY)
                .add(1, 1, 1, 10 * DAY)
                .build();
        Snapshot late = InMemorySnapshot.builder(2, 2)
                .add(0, 0, 1, NEWEST)
                .add(1, 1, 1, NEWEST - 10 * DAY)
                .build();
        Map<String, String> given = Map.of(Popularity.HALF_LIFE_DAYS, "10");
        assertThat(scores(early, given)).containsExactly(1, 0.5f).isEqualTo(scores(late, given));
    }

    @Test
    void budgetTooSmall_isRefusedWithTheFigure() {
        RunContext context = RunContext.of(algorithm(), Map.of(), SyntheticSnapshots.ratings(5, 100, 0.5, 1))
                .withMemoryBudget(399);
        assertThatThrownBy(() -> algorithm().train(context, new RecordingListener()))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("100 items need 400 bytes, the run may use 399 bytes");
    }

    @Test
    void estimateOfTime_isThatOfOnePass() {
        SnapshotShape shape = new SnapshotShape(1_000_000, 1_000, 100_000_000, 1_000, 900_000, 0, 0);

        assertThat(seconds(Map.of(), shape)).isBetween(0.1, 1.0);
        assertThat(seconds(Map.of(Popularity.HALF_LIFE_DAYS, "30"), shape)).isBetween(2.0, 20.0);
    }

    private double seconds(Map<String, String> given, SnapshotShape shape) {
        RunContext context = RunContext.of(algorithm(), given, SyntheticSnapshots.empty(1, 1));
        return algorithm()
                .estimate(shape, context.hyperparameters(), 1)
                .orElseThrow()
                .secondsPerSweep();
    }

    @Test
    void sectionOfAnotherShape_isRefused() {
        InMemorySections sections = new InMemorySections();
        sections.write(Section.of("popularity", FloatMatrix.allocate(Arena.ofAuto(), 2, 2)));
        assertThatThrownBy(() -> algorithm().reopen(sections))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has 2 columns, expected 1");
    }

    /** Item 0: values 5, 3, 1 now, ten days and twenty days ago; item 1: 5 ten days ago, 2 at no known time; item 2: none. */
    private float[] scores(Map<String, String> given) {
        Snapshot snapshot = InMemorySnapshot.builder(3, 3)
                .add(0, 0, 5, NEWEST)
                .add(1, 0, 3, NEWEST - 10 * DAY)
                .add(2, 0, 1, NEWEST - 20 * DAY)
                .add(0, 1, 5, NEWEST - 10 * DAY)
                .add(1, 1, 2, 0)
                .build();
        return scores(snapshot, given);
    }

    private float[] scores(Snapshot snapshot, Map<String, String> given) {
        ScoringModel model = train(snapshot, given);
        float[] scores = new float[model.itemCount()];
        model.score(new History(new int[0], new float[0]), scores);
        return scores;
    }

    private ScoringModel train(Snapshot snapshot, Map<String, String> given) {
        return (ScoringModel) algorithm().train(RunContext.of(algorithm(), given, snapshot), new RecordingListener());
    }
}
