package dev.latent.training.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SuccessiveHalvingTest {

    private static final int PLANNED = 9;

    private final SuccessiveHalving halving = new SuccessiveHalving(new TuningMetric("ndcg@10"));

    /** Trials whose metric is their number divided by 100 after each sweep. */
    private static List<Trial> earlier(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> new Trial(
                        number,
                        Map.of(),
                        Trial.State.COMPLETE,
                        OptionalDouble.of(number / 100.0),
                        1,
                        IntStream.rangeClosed(1, PLANNED)
                                .mapToObj(sweep -> new TrialSweep(sweep, PLANNED, number / 100.0, Map.of(), 1))
                                .toList(),
                        ""))
                .toList();
    }

    @Test
    void outsideTheBestThird_endsAtARung() {
        assertThat(halving.isEnough(7, 3, PLANNED, 0.031, earlier(5))).isTrue();
        assertThat(halving.isEnough(7, 3, PLANNED, 0.041, earlier(5))).isFalse();
    }

    @Test
    void betweenRungs_goesOn() {
        assertThat(halving.isEnough(7, 2, PLANNED, 0, earlier(5))).isFalse();
    }

    @Test
    void firstTrialsAndEveryThird_areNotJudgedAtTheFirstRung() {
        assertThat(halving.isEnough(10, 1, PLANNED, 0, earlier(5))).isTrue();
        assertThat(halving.isEnough(9, 1, PLANNED, 0, earlier(5))).isFalse();
        assertThat(halving.isEnough(9, 3, PLANNED, 0, earlier(5))).isTrue();
        assertThat(halving.isEnough(8, 1, PLANNED, 0, earlier(5))).isFalse();
        assertThat(halving.isEnough(8, 3, PLANNED, 0, earlier(5))).isTrue();
    }

    @Test
    void fewOthers_endNobody() {
        assertThat(halving.isEnough(3, 3, PLANNED, 0, earlier(2))).isFalse();
    }

    @Test
    void errors_areBetterWhenLower() {
        SuccessiveHalving errors = new SuccessiveHalving(new TuningMetric("rmse"));
        assertThat(errors.isEnough(7, 3, PLANNED, 0.031, earlier(5))).isTrue();
        assertThat(errors.isEnough(7, 3, PLANNED, 0.019, earlier(5))).isFalse();
    }
}
