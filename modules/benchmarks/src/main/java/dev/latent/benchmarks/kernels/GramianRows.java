package dev.latent.benchmarks.kernels;

import dev.latent.math.Kernels;
import dev.latent.math.SeededRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The Gramian of a history in cache: Σ rowᵀ·row over 100 rows, the upper triangle, as one user's solve needs it. */
@State(Scope.Thread)
public class GramianRows {

    static final int ROWS = 100;

    /** Length of a row. */
    @Param({"32", "64", "128", "256"})
    public int rank;

    private float[] rows = new float[0];
    private float[] gramian = new float[0];

    /** Operations of one call as the peers count them: d(d+1) a row. */
    static double operations(int rank) {
        return (double) ROWS * rank * (rank + 1);
    }

    /** Draws the rows. */
    @Setup
    public void draw() {
        rows = new float[ROWS * rank];
        gramian = new float[rank * rank];
        SeededRandom random = SeededRandom.of(1, 0);
        for (int index = 0; index < rows.length; index++) {
            rows[index] = random.nextFloat() - 0.5f;
        }
    }

    /** Adds to one accumulator again and again; it stays finite for longer than any run. */
    @Benchmark
    public float[] add() {
        Kernels.gramianAdd(rows, ROWS, rank, gramian);
        return gramian;
    }
}
