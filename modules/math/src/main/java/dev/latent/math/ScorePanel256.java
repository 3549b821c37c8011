package dev.latent.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Four queries against a panel of two vectors of 256 bits: eight sums, the most that 16 registers keep. */
final class ScorePanel256 {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
    private static final int LANES = SPECIES.length();
    static final int WIDTH = 2 * LANES;

    private ScorePanel256() {}

    /** See {@link KernelProvider#scorePanel}. */
    static void score(float[] queries, int count, int depth, float[] panel, float[] scores, int offset, int stride) {
        int query = 0;
        for (; query <= count - 4; query += 4) {
            scoreFour(queries, query * depth, depth, panel, scores, query * stride + offset, stride);
        }
        for (; query < count; query++) {
            scoreOne(queries, query * depth, depth, panel, scores, query * stride + offset);
        }
    }

    private static void scoreFour(
            float[] queries, int query, int depth, float[] panel, float[] scores, int target, int stride) {
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector a1 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector c0 = a0;
        FloatVector c1 = a0;
        FloatVector d0 = a0;
        FloatVector d1 = a0;
        int end = query + depth;
        int p = 0;
        for (int q = query; q < end; q++, p += WIDTH) {
            FloatVector v0 = FloatVector.fromArray(SPECIES, panel, p);
            FloatVector v1 = FloatVector.fromArray(SPECIES, panel, p + LANES);
            FloatVector a = FloatVector.broadcast(SPECIES, queries[q]);
            a0 = a.fma(v0, a0);
            a1 = a.fma(v1, a1);
            FloatVector b = FloatVector.broadcast(SPECIES, queries[q + depth]);
            b0 = b.fma(v0, b0);
            b1 = b.fma(v1, b1);
            FloatVector c = FloatVector.broadcast(SPECIES, queries[q + 2 * depth]);
            c0 = c.fma(v0, c0);
            c1 = c.fma(v1, c1);
            FloatVector d = FloatVector.broadcast(SPECIES, queries[q + 3 * depth]);
            d0 = d.fma(v0, d0);
            d1 = d.fma(v1, d1);
        }
        a0.intoArray(scores, target);
        a1.intoArray(scores, target + LANES);
        b0.intoArray(scores, target + stride);
        b1.intoArray(scores, target + stride + LANES);
        c0.intoArray(scores, target + 2 * stride);
        c1.intoArray(scores, target + 2 * stride + LANES);
        d0.intoArray(scores, target + 3 * stride);
        d1.intoArray(scores, target + 3 * stride + LANES);
    }

    private static void scoreOne(float[] queries, int query, int depth, float[] panel, float[] scores, int target) {
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector a1 = a0;
        int p = 0;
        for (int q = query; q < query + depth; q++, p += WIDTH) {
            FloatVector a = FloatVector.broadcast(SPECIES, queries[q]);
            a0 = a.fma(FloatVector.fromArray(SPECIES, panel, p), a0);
            a1 = a.fma(FloatVector.fromArray(SPECIES, panel, p + LANES), a1);
        }
        a0.intoArray(scores, target);
        a1.intoArray(scores, target + LANES);
    }
}
