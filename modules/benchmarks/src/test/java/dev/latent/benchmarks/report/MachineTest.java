package dev.latent.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MachineTest {

    @Test
    void processor_isNamedWithFamilyModelAndVectorInstructions() {
        assertThat(Machine.describeProcessor(List.of(
                        "processor\t: 0",
                        "cpu family\t: 25",
                        "model\t\t: 1",
                        "model name\t: AMD EPYC",
                        "flags\t\t: fpu sse2 fma avx2 avx512fake")))
                .isEqualTo("AMD EPYC, family 25 model 1, avx2 fma");
    }

    @Test
    void median_isInTheMiddle() {
        assertThat(Statistics.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5);
        assertThat(Statistics.median(List.of(1.0, 9.0, 5.0, 3.0))).isEqualTo(4);
        assertThatThrownBy(() -> Statistics.median(List.of())).hasMessageContaining("at least one value");
    }
}
