package dev.latent.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The same call gives the same bits before and after the JIT has compiled it. */
class RepeatabilityTest {

    private static final int RANK = 20;
    private static final int CALLS = 60_000;

    @Test
    void choleskyAndDot_giveTheSameBitsAsTheCodeWarmsUp() {
        float[] rows = new float[40 * RANK];
        SeededRandom random = SeededRandom.of(1, 0);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (float) random.nextGaussian();
        }
        float[] expected = solve(rows);
        float dot = Kernels.dot(rows, 0, rows, RANK, RANK);
        for (int call = 0; call < CALLS; call++) {
            assertThat(Arrays.equals(solve(rows), expected))
                    .as("solution of call %s", call)
                    .isTrue();
            assertThat(Kernels.dot(rows, 0, rows, RANK, RANK))
                    .as("dot of call %s", call)
                    .isEqualTo(dot);
        }
    }

    private static float[] solve(float[] rows) {
        float[] system = new float[RANK * RANK];
        float[] solution = new float[RANK];
        for (int i = 0; i < RANK; i++) {
            system[i * RANK + i] = 0.5f;
            solution[i] = rows[i];
        }
        Kernels.gramianAdd(rows, rows.length / RANK, RANK, system);
        assertThat(Cholesky.solve(system, RANK, solution)).isTrue();
        return solution;
    }
}
