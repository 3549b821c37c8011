package dev.latent.math;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.Stream;

/** Naive float64 references and repeatable test data. */
final class Oracle {

    private Oracle() {}

    /** Every provider usable on this machine; the scalar one always is. */
    static Stream<KernelProvider> providers() {
        return KernelSelector.candidates().stream()
                .filter(candidate -> candidate.obstacle().get().isEmpty())
                .map(candidate -> candidate.provider().get());
    }

    static float[] gaussians(int length, long seed) {
        SeededRandom random = SeededRandom.of(seed, length);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** The array in native memory, four bytes off any alignment wider than a float. */
    static MemorySegment offHeap(float[] values) {
        MemorySegment all = Arena.ofAuto().allocate((values.length + 1L) * Float.BYTES, 64);
        MemorySegment segment = all.asSlice(Float.BYTES);
        MemorySegment.copy(values, 0, segment, Kernels.FLOAT32, 0, values.length);
        return segment;
    }

    static double dot(float[] a, int aOffset, float[] b, int bOffset, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (double) a[aOffset + i] * b[bOffset + i];
        }
        return sum;
    }

    /** Σ weight·rowᵀ·row, full. */
    static double[] gramian(float[] rows, float[] weights, int rowCount, int rank) {
        double[] gramian = new double[rank * rank];
        for (int row = 0; row < rowCount; row++) {
            for (int i = 0; i < rank; i++) {
                for (int j = 0; j < rank; j++) {
                    gramian[i * rank + j] += (double) weights[row] * rows[row * rank + i] * rows[row * rank + j];
                }
            }
        }
        return gramian;
    }

    static float[] ones(int length) {
        float[] ones = new float[length];
        Arrays.fill(ones, 1f);
        return ones;
    }

    /** A well-conditioned positive definite matrix: a Gramian of 2·rank+3 rows, plus rank on the diagonal. */
    static double[] positiveDefinite(int rank, long seed) {
        int rows = 2 * rank + 3;
        double[] matrix = gramian(gaussians(rows * rank, seed), ones(rows), rows, rank);
        for (int i = 0; i < rank; i++) {
            matrix[i * rank + i] += rank;
        }
        return matrix;
    }

    static float[] toFloats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    static double[] toDoubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
