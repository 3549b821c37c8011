package dev.latent.training.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.latent.spi.InvalidHyperparametersException;
import dev.latent.spi.SparseRows;
import dev.latent.testkit.InMemorySnapshot;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TunerTest {

    @TempDir
    private Path directory;

    private TuningResult run(TuningRequest request, ShiftAlgorithm algorithm, String journal) throws IOException {
        return new Tuner(algorithm, request, new Searches.Ear()).run(Searches.ratings(), directory.resolve(journal));
    }

    @Test
    void search_smoothSpace_comesNearTheBestSetting() throws IOException {
        TuningResult result = run(Searches.request(40), Searches.ALGORITHM, "a");
        assertThat(result.best().set()).containsEntry("sign", "plus").containsEntry("kind", "rates");
        assertThat(Double.parseDouble(result.best().set().getOrDefault("shift", "")))
                .isEqualTo(heldOutMean(), within(0.2));
        assertThat(result.best().state()).isEqualTo(Trial.State.COMPLETE);
        assertThat(result.finish().metrics().get("rmse"))
                .isEqualTo(result.best().metric().orElseThrow());
        assertThat(result.finish().baselines()).containsKey("item_mean");
    }

    private static double heldOutMean() {
        TuningRequest request = Searches.request(1);
        try (Arena arena = Arena.ofConfined()) {
            SparseRows rows = request.split()
                    .apply(Searches.ratings(), request.seed(), arena)
                    .test()
                    .byUser();
            return LongStream.range(0, rows.count())
                    .mapToDouble(rows::value)
                    .average()
                    .orElseThrow();
        }
    }

    @Test
    void firstTrial_hasTheDefaults() throws IOException {
        Trial first = run(Searches.request(1), Searches.ALGORITHM, "a").trials().getFirst();
        assertThat(first.set()).isEqualTo(Map.of("shift", "1.0", "steps", "1", "sign", "minus", "kind", "rates"));
        assertThat(first.sweeps()).hasSize(ShiftAlgorithm.SWEEPS);
    }

    @Test
    void startingPoints_comeRightAfterTheDefaults_withoutWhatIsFixed() throws IOException {
        List<Map<String, String>> starts = List.of(
                Map.of("shift", "2", "sign", "plus"),
                Map.of("steps", "3", "shift", "4"),
                Map.of("sign", "minus"),
                Map.of("shift", "2"));
        TuningRequest request =
                new TuningRequest(Map.of("sign", "plus"), new TuningMetric("rmse"), 5, Optional.empty(), 7, 1);
        TuningResult result = run(request, new ShiftAlgorithm(7, 3, starts), "a");
        assertThat(result.trials())
                .extracting(trial -> trial.set().get("shift") + " "
                        + trial.set().get("steps") + " " + trial.set().get("sign"))
                .startsWith("1.0 1 plus", "2 1 plus", "4 3 plus")
                .doesNotHaveDuplicates();
        assertThat(result.facts().get("space")).contains("begins at {shift=2}");
    }

    @Test
    void space_isThatOfTheData() throws IOException {
        TuningResult result = new Tuner(Searches.ALGORITHM, Searches.request(20), new Searches.Ear())
                .run(Searches.ratings(4), directory.resolve("a"));
        assertThat(result.facts().get("space")).contains("shift in 0.5 to 4.0");
        assertThat(result.trials())
                .allSatisfy(trial ->
                        assertThat(Double.parseDouble(trial.set().get("shift"))).isLessThanOrEqualTo(4));
    }

    @Test
    void manySweeps_areMeasuredAtSome_theRungsAndTheLastAmongThem() throws IOException {
        TuningResult result = run(Searches.request(1), new ShiftAlgorithm(7, 50, List.of()), "a");
        assertThat(result.trials().getFirst().sweeps())
                .extracting(TrialSweep::number)
                .containsExactly(5, 6, 10, 15, 17, 20, 25, 30, 35, 40, 45, 50);
    }

    @Test
    void fixedHyperparameter_isTheSameInEachTrial() throws IOException {
        TuningRequest request = new TuningRequest(
                Map.of("sign", "plus", "half", "true"), new TuningMetric("mae"), 6, Optional.empty(), 7, 1);
        assertThat(run(request, Searches.ALGORITHM, "a").trials())
                .hasSize(6)
                .allSatisfy(trial ->
                        assertThat(trial.set()).containsEntry("sign", "plus").containsEntry("half", "true"));
    }

    @Test
    void sameSeed_givesTheSameTrials_anotherSeedOthers() throws IOException {
        List<String> one = Searches.withoutTimes(
                run(Searches.request(20), Searches.ALGORITHM, "a").trials());
        assertThat(Searches.withoutTimes(
                        run(Searches.request(20), Searches.ALGORITHM, "b").trials()))
                .isEqualTo(one);
        TuningRequest other = new TuningRequest(Map.of(), new TuningMetric("rmse"), 20, Optional.empty(), 8, 1);
        assertThat(Searches.withoutTimes(run(other, Searches.ALGORITHM, "c").trials()))
                .isNotEqualTo(one);
    }

    @Test
    void worseTrials_areEndedEarly_failedOnesAreKept() throws IOException {
        TuningResult result = run(Searches.request(30), new ShiftAlgorithm(5), "a");
        assertThat(result.trials()).extracting(Trial::state).contains(Trial.State.values());
        assertThat(result.trials())
                .filteredOn(trial -> trial.state() == Trial.State.PRUNED)
                .allSatisfy(trial -> assertThat(trial.sweeps()).hasSizeLessThan(ShiftAlgorithm.SWEEPS));
        assertThat(result.trials())
                .filteredOn(trial -> trial.state() == Trial.State.FAILED)
                .allSatisfy(trial -> assertThat(trial.message()).contains("is too much"));
    }

    @Test
    void allTrialsFail_isAnErrorWithTheFirstMessage() {
        assertThatThrownBy(() -> run(Searches.request(3), new ShiftAlgorithm(0), "a"))
                .isInstanceOf(TuningFailedException.class)
                .hasMessageContaining("All 3 trials failed")
                .hasMessageContaining("A shift of 1.0 is too much");
    }

    @Test
    void timeIsUp_endsTheTrialAtWorkAndTheSearch() throws IOException {
        TuningRequest request =
                new TuningRequest(Map.of(), new TuningMetric("rmse"), 1000, Optional.of(Duration.ofNanos(1)), 7, 1);
        assertThat(run(request, Searches.ALGORITHM, "a").trials())
                .singleElement()
                .satisfies(trial -> {
                    assertThat(trial.state()).isEqualTo(Trial.State.PRUNED);
                    assertThat(trial.sweeps()).hasSize(1);
                });
    }

    @Test
    void unknownHyperparameter_isRefused() {
        TuningRequest request =
                new TuningRequest(Map.of("shft", "1"), new TuningMetric("rmse"), 1, Optional.empty(), 7, 1);
        assertThatThrownBy(() -> run(request, Searches.ALGORITHM, "a"))
                .isInstanceOf(InvalidHyperparametersException.class)
                .hasMessageContaining("shft");
    }

    @Test
    void errorsOfAModelThatOnlyRanks_areRefused() {
        TuningRequest request =
                new TuningRequest(Map.of("kind", "ranks"), new TuningMetric("rmse"), 1, Optional.empty(), 7, 1);
        assertThatThrownBy(() -> run(request, Searches.ALGORITHM, "a"))
                .hasMessageContaining("only ranks")
                .hasMessageContaining("ndcg@10");
    }

    @Test
    void unknownMetric_isRefused() {
        assertThatThrownBy(() -> new TuningMetric("ndgc")).hasMessageContaining("'ndgc'");
    }

    @Test
    void nothingToCut_isRefused() {
        Tuner tuner = new Tuner(Searches.ALGORITHM, Searches.request(2), new Searches.Ear());
        assertThatThrownBy(() -> tuner.run(
                        InMemorySnapshot.builder(3, 3).add(0, 0, 1).add(1, 1, 1).build(), directory.resolve("a")))
                .isInstanceOf(TuningFailedException.class)
                .hasMessageContaining("too few to cut a validation part");
    }

    @Test
    void report_namesEveryTrialAndNeedsNothingElse() throws IOException {
        TuningResult result = run(Searches.request(12), new ShiftAlgorithm(5), "a");
        String page = TuningReport.html(result);
        assertThat(page)
                .contains("★ best")
                .contains("L_S, observed")
                .contains("rmse")
                .doesNotContain("http");
        result.trials().forEach(trial -> assertThat(page).contains("Trial " + trial.number() + ", "));
    }
}
