package dev.latent.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Four queries against a panel of four vectors of 512 bits: sixteen sums in half of the 32 registers. */
final class ScorePanel512 {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_512;
    private static final int LANES = SPECIES.length();
    static final int WIDTH = 4 * LANES;

    private ScorePanel512() {}

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
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector b2 = a0;
        FloatVector b3 = a0;
        FloatVector c0 = a0;
        FloatVector c1 = a0;
        FloatVector c2 = a0;
        FloatVector c3 = a0;
        FloatVector d0 = a0;
        FloatVector d1 = a0;
        FloatVector d2 = a0;
        FloatVector d3 = a0;
        int end = query + depth;
        int p = 0;
        for (int q = query; q < end; q++, p += WIDTH) {
            FloatVector v0 = FloatVector.fromArray(SPECIES, panel, p);
            FloatVector v1 = FloatVector.fromArray(SPECIES, panel, p + LANES);
            FloatVector v2 = FloatVector.fromArray(SPECIES, panel, p + 2 * LANES);
            FloatVector v3 = FloatVector.fromArray(SPECIES, panel, p + 3 * LANES);
            FloatVector a = FloatVector.broadcast(SPECIES, queries[q]);
            a0 = a.fma(v0, a0);
            a1 = a.fma(v1, a1);
            a2 = a.fma(v2, a2);
            a3 = a.fma(v3, a3);
            FloatVector b = FloatVector.broadcast(SPECIES, queries[q + depth]);
            b0 = b.fma(v0, b0);
            b1 = b.fma(v1, b1);
            b2 = b.fma(v2, b2);
            b3 = b.fma(v3, b3);
            FloatVector c = FloatVector.broadcast(SPECIES, queries[q + 2 * depth]);
            c0 = c.fma(v0, c0);
            c1 = c.fma(v1, c1);
            c2 = c.fma(v2, c2);
            c3 = c.fma(v3, c3);
            FloatVector d = FloatVector.broadcast(SPECIES, queries[q + 3 * depth]);
            d0 = d.fma(v0, d0);
            d1 = d.fma(v1, d1);
            d2 = d.fma(v2, d2);
            d3 = d.fma(v3, d3);
        }
        store(a0, a1, a2, a3, scores, target);
        store(b0, b1, b2, b3, scores, target + stride);
        store(c0, c1, c2, c3, scores, target + 2 * stride);
        store(d0, d1, d2, d3, scores, target + 3 * stride);
    }

    private static void scoreOne(float[] queries, int query, int depth, float[] panel, float[] scores, int target) {
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        int p = 0;
        for (int q = query; q < query + depth; q++, p += WIDTH) {
            FloatVector a = FloatVector.broadcast(SPECIES, queries[q]);
            a0 = a.fma(FloatVector.fromArray(SPECIES, panel, p), a0);
            a1 = a.fma(FloatVector.fromArray(SPECIES, panel, p + LANES), a1);
            a2 = a.fma(FloatVector.fromArray(SPECIES, panel, p + 2 * LANES), a2);
            a3 = a.fma(FloatVector.fromArray(SPECIES, panel, p + 3 * LANES), a3);
        }
        store(a0, a1, a2, a3, scores, target);
    }

    private static void store(
            FloatVector v0, FloatVector v1, FloatVector v2, FloatVector v3, float[] scores, int target) {
        v0.intoArray(scores, target);
        v1.intoArray(scores, target + LANES);
        v2.intoArray(scores, target + 2 * LANES);
        v3.intoArray(scores, target + 3 * LANES);
    }
}
