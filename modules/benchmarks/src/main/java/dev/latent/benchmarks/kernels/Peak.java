package dev.latent.benchmarks.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * The fastest that the core does float32 multiply-adds: ten independent chains, more than latency times units of today's
 * cores and few enough for sixteen registers, and no memory.
 */
public class Peak {

    static final int STEPS = 10_000;
    static final int CHAINS = 10;

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    /** Multiply-adds of one call, counted as two operations each. */
    static double operations() {
        return 2.0 * STEPS * CHAINS * SPECIES.length();
    }

    /** Each chain converges to 2, so no number is ever denormal or infinite. */
    @Benchmark
    public float multiplyAdd() {
        FloatVector half = FloatVector.broadcast(SPECIES, 0.5f);
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        FloatVector a = FloatVector.broadcast(SPECIES, 0.1f);
        FloatVector b = FloatVector.broadcast(SPECIES, 0.2f);
        FloatVector c = FloatVector.broadcast(SPECIES, 0.3f);
        FloatVector d = FloatVector.broadcast(SPECIES, 0.4f);
        FloatVector e = FloatVector.broadcast(SPECIES, 0.5f);
        FloatVector f = FloatVector.broadcast(SPECIES, 0.6f);
        FloatVector g = FloatVector.broadcast(SPECIES, 0.7f);
        FloatVector h = FloatVector.broadcast(SPECIES, 0.8f);
        FloatVector i = FloatVector.broadcast(SPECIES, 0.9f);
        FloatVector j = FloatVector.broadcast(SPECIES, 1.1f);
        for (int step = 0; step < STEPS; step++) {
            a = a.fma(half, one);
            b = b.fma(half, one);
            c = c.fma(half, one);
            d = d.fma(half, one);
            e = e.fma(half, one);
            f = f.fma(half, one);
            g = g.fma(half, one);
            h = h.fma(half, one);
            i = i.fma(half, one);
            j = j.fma(half, one);
        }
        return a.add(b).add(c).add(d).add(e).add(f.add(g).add(h).add(i).add(j)).reduceLanes(VectorOperators.ADD);
    }
}
