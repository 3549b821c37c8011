package dev.latent.benchmarks.kernels;

import dev.latent.math.Cholesky;
import dev.latent.math.Kernels;
import dev.latent.math.SeededRandom;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_FDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One symmetric positive definite system in float32, factorised and solved, by our kernel and by EJML. Both spoil their
 * input, so both copy it first; the copy is in the time.
 */
@State(Scope.Thread)
public class Solve {

    /** Order of the system. */
    @Param({"32", "64", "128", "256"})
    public int rank;

    private float[] system = new float[0];
    private float[] target = new float[0];
    private float[] a = new float[0];
    private float[] x = new float[0];
    private FMatrixRMaj matrix = new FMatrixRMaj(1, 1);
    private FMatrixRMaj rightHandSide = new FMatrixRMaj(1, 1);
    private FMatrixRMaj solution = new FMatrixRMaj(1, 1);
    private LinearSolverDense<FMatrixRMaj> solver = LinearSolverFactory_FDRM.chol(1);

    /** Makes a well-conditioned system, as regularization makes it. */
    @Setup
    public void draw() {
        SeededRandom random = SeededRandom.of(2, 0);
        float[] rows = new float[2 * rank * rank];
        for (int index = 0; index < rows.length; index++) {
            rows[index] = random.nextFloat() - 0.5f;
        }
        system = new float[rank * rank];
        Kernels.gramianAdd(rows, 2 * rank, rank, system);
        Kernels.symmetrize(system, rank);
        target = new float[rank];
        for (int row = 0; row < rank; row++) {
            system[row * rank + row] += 1;
            target[row] = random.nextFloat();
        }
        a = new float[rank * rank];
        x = new float[rank];
        matrix = new FMatrixRMaj(rank, rank);
        rightHandSide = new FMatrixRMaj(rank, 1);
        solution = new FMatrixRMaj(rank, 1);
        solver = LinearSolverFactory_FDRM.chol(rank);
    }

    /** Our kernel. */
    @Benchmark
    public float[] latent() {
        System.arraycopy(system, 0, a, 0, system.length);
        System.arraycopy(target, 0, x, 0, rank);
        check(Cholesky.solve(a, rank, x));
        return x;
    }

    /** EJML's dense Cholesky solver for float32. */
    @Benchmark
    public float[] ejml() {
        System.arraycopy(system, 0, matrix.data, 0, system.length);
        System.arraycopy(target, 0, rightHandSide.data, 0, rank);
        check(solver.setA(matrix));
        solver.solve(rightHandSide, solution);
        return solution.data;
    }

    private void check(boolean solved) {
        if (!solved) {
            throw new IllegalStateException("The system of order " + rank + " is not positive definite");
        }
    }
}
