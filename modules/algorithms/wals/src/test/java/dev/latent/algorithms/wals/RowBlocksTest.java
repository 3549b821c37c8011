package dev.latent.algorithms.wals;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blocks cover every row once, and heavy rows stand alone. */
class RowBlocksTest {

    @ParameterizedTest
    @CsvSource({"0, 5, 0.5, 4", "1, 5, 0.5, 4", "200, 100, 0.3, 64", "200, 100, 0.3, 2048", "50000, 3, 0.0001, 8"})
    void everyRow_isInOneBlock(int users, int items, double density, int rank) {
        RowBlocks blocks = RowBlocks.of(
                Planted.noise(users, items, density, 1).snapshot().byUser(),
                new SolverChoice(SolverChoice.Kind.CHOLESKY, false, 64, 3).work(rank));
        int next = 0;
        for (int block = 0; block < blocks.count(); block++) {
            assertThat(blocks.start(block)).isEqualTo(next);
            assertThat(blocks.end(block)).isGreaterThan(next);
            next = blocks.end(block);
        }
        assertThat(next).isEqualTo(users);
        assertThat(blocks.count()).isGreaterThanOrEqualTo(rank == 2048 ? users : Math.min(1, users));
    }
}
