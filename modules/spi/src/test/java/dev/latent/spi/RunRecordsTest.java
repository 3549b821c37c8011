package dev.latent.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sweeps, histories, fold-in laws: what their constructors refuse and keep. */
final class RunRecordsTest {

    @Test
    void sweep_keepsTheOrderOfItsPartsAndSumsThem() {
        Map<String, Double> loss = new LinkedHashMap<>();
        loss.put("observed", 3.0);
        loss.put("bias", 0.5);
        Sweep sweep = new Sweep(1, 2, loss, Map.of());
        loss.put("later", 9.0);
        assertThat(sweep.loss()).containsExactly(Map.entry("observed", 3.0), Map.entry("bias", 0.5));
        assertThat(sweep.totalLoss()).isEqualTo(3.5);
        assertThatThrownBy(() -> sweep.loss().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void sweepOutOfItsPlan_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Sweep(0, 1, Map.of(), Map.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sweep(3, 2, Map.of(), Map.of()))
                .withMessage("Sweep 3 of 2");
    }

    @Test
    void historyOfUnequalArrays_isRefused() {
        assertThat(new History(new int[] {1, 2}, new float[] {3, 4}).size()).isEqualTo(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new History(new int[] {1}, new float[2]))
                .withMessage("History has 1 items and 2 values");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new History(new int[] {1, 2}, new float[2], new long[3]))
                .withMessageContaining("2 items and 3 times");
        assertThat(new History(new int[] {1}, new float[1], new long[] {7}).time(0))
                .isEqualTo(7);
        assertThat(new History(new int[] {1}, new float[1]).time(0)).isZero();
    }

    @Test
    void historyOfARow_hasItsEntries_andTimesWhereThereAreAny() {
        MemorySegment offsets = MemorySegment.ofArray(new long[] {0, 1, 3});
        MemorySegment items = MemorySegment.ofArray(new int[] {4, 0, 2});
        MemorySegment values = MemorySegment.ofArray(new float[] {1, 2, 3});
        MemorySegment times = MemorySegment.ofArray(new long[] {7, 8, 9});

        History timed = History.of(new SparseRows(2, 5, offsets, items, values, times), 1);
        History untimed = History.of(new SparseRows(2, 5, offsets, items, values, MemorySegment.NULL), 1);

        assertThat(timed.items()).containsExactly(0, 2);
        assertThat(timed.values()).containsExactly(2, 3);
        assertThat(timed.times()).containsExactly(8, 9);
        assertThat(untimed.items()).containsExactly(0, 2);
        assertThat(untimed.times()).isEmpty();
    }

    @Test
    void foldInOutOfRange_isRefused() {
        Confidence one = new Confidence.Linear(0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FoldIn.Ridge(-1, 0, 0, one, 0, FoldIn.Target.ONE, false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FoldIn.Ridge(0, Double.NaN, 0, one, 0, FoldIn.Target.ONE, false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FoldIn.Ridge(0, Double.POSITIVE_INFINITY, 0, one, 0, FoldIn.Target.ONE, false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FoldIn.Ridge(0, 0, 0, one, Double.NaN, FoldIn.Target.ONE, false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FoldIn.Ridge(0, 0, Double.NaN, one, 0, FoldIn.Target.ONE, false));
        FoldIn.Ridge ridge = new FoldIn.Ridge(0, 0, 0, one, 0, FoldIn.Target.ONE, false);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FoldIn.WeightedRidge(ridge, Double.NaN, 1, false))
                .withMessageContaining("NaN");
        assertThatIllegalArgumentException().isThrownBy(() -> new FoldIn.WeightedRidge(ridge, 0, 0, false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FoldIn.WeightedRidge(ridge, 0, 1, false, false, -2))
                .withMessageContaining("-2");
        assertThat(new FoldIn.WeightedRidge(ridge, 0.5, 4, false).userWeight(16))
                .isEqualTo(0.5);
        assertThatIllegalArgumentException().isThrownBy(() -> new FoldIn.Gradient(FoldIn.Loss.BPR, 0, 0.1, 0, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new FoldIn.Gradient(FoldIn.Loss.BPR, 1, 0, 0, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new FoldIn.Gradient(FoldIn.Loss.BPR, 1, 0.1, 0, 0, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FoldIn.Gradient(FoldIn.Loss.BPR, 1, 0.1, 0, 1, 0, -3, 1, 1))
                .withMessageContaining("-3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FoldIn.Gradient(FoldIn.Loss.BPR, 1, 0.1, 0, 1, 0, 2, 0, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FoldIn.Gradient(FoldIn.Loss.BPR, 1, 0.1, 0, 1, 0, 2, 1, 0));
    }

    @Test
    void divergedTraining_saysWhatToChange() {
        assertThat(TrainingFailedException.diverged(4, "learning_rate", 9.5, "lower"))
                .hasMessage("Training diverged in sweep 4: a factor is not finite; lower 'learning_rate' (it was 9.5)");
    }

    @Test
    void spiVersion_isMajorAndMinor() {
        assertThat(SpiVersion.current()).isEqualTo(SpiVersion.MAJOR + "." + SpiVersion.MINOR);
    }
}
