package dev.latent.benchmarks.kernels;

import dev.latent.math.SeededRandom;
import dev.latent.retrieval.ExactIndex;
import dev.latent.retrieval.ItemFilter;
import dev.latent.retrieval.TopItems;
import dev.latent.spi.FloatMatrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One pass over a million items of 64 factors, 244 MiB: the exact search for ten of them, beside a bare sequential read. */
@State(Scope.Thread)
public class Scan {

    static final int ITEMS = 1_000_000;
    static final int RANK = 64;

    private static final int K = 10;
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    private final Arena arena = Arena.ofShared();
    private final FloatMatrix items = FloatMatrix.allocate(arena, ITEMS, RANK);
    private final float[] query = new float[RANK];
    private ExactIndex index = ExactIndex.of(FloatMatrix.allocate(arena, 0, RANK), Optional.empty());

    /** Bytes of one call. */
    static double bytes() {
        return (double) ITEMS * RANK * Float.BYTES;
    }

    /** Draws the items. */
    @Setup
    public void draw() {
        SeededRandom random = SeededRandom.of(3, 0);
        for (int factor = 0; factor < RANK; factor++) {
            query[factor] = random.nextFloat() - 0.5f;
        }
        float[] row = new float[RANK];
        for (int item = 0; item < ITEMS; item++) {
            for (int factor = 0; factor < RANK; factor++) {
                row[factor] = random.nextFloat() - 0.5f;
            }
            items.writeRow(item, row, 0);
        }
        index = ExactIndex.of(items, Optional.empty());
    }

    /** Gives the memory back. */
    @TearDown
    public void close() {
        arena.close();
    }

    /** What serving does for one user. */
    @Benchmark
    public TopItems search() {
        return index.search(query, 0, ItemFilter.ALL, K);
    }

    /** What the memory allows: four sums over the same bytes. */
    @Benchmark
    public float read() {
        MemorySegment bytes = items.segment();
        int lanes = SPECIES.length() * Float.BYTES;
        FloatVector a = FloatVector.zero(SPECIES);
        FloatVector b = FloatVector.zero(SPECIES);
        FloatVector c = FloatVector.zero(SPECIES);
        FloatVector d = FloatVector.zero(SPECIES);
        for (long from = 0; from < bytes.byteSize(); from += 4L * lanes) {
            a = a.add(load(bytes, from));
            b = b.add(load(bytes, from + lanes));
            c = c.add(load(bytes, from + 2L * lanes));
            d = d.add(load(bytes, from + 3L * lanes));
        }
        return a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
    }

    private static FloatVector load(MemorySegment bytes, long from) {
        return FloatVector.fromMemorySegment(SPECIES, bytes, from, ByteOrder.LITTLE_ENDIAN);
    }
}
