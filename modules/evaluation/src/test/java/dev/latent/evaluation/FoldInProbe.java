package dev.latent.evaluation;

import com.sun.management.ThreadMXBean;
import dev.latent.spi.Confidence;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.FoldIn;
import dev.latent.spi.History;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** Prints the bytes and the time of one fold-in of 200 interactions at rank 64, once the first ones have been made. */
final class FoldInProbe {

    private static final int RANK = 64;
    private static final int ITEMS = 1000;
    private static final int LENGTH = 200;
    private static final int WARM_UP = 2000;

    private FoldInProbe() {}

    public static void main(String[] arguments) {
        FoldIn.Ridge ridge = new FoldIn.Ridge(
                0.1, 0.01, 1, new Confidence.Linear(1), Double.NEGATIVE_INFINITY, FoldIn.Target.ONE, false);
        FoldIn law = arguments[0].equals("ridge") ? ridge : new FoldIn.WeightedRidge(ridge, 0.5, 10, false);
        FloatMatrix items = FloatMatrix.allocate(Arena.ofAuto(), ITEMS, RANK);
        for (int item = 0; item < ITEMS; item++) {
            items.set(item, item % RANK, 1 + item % 7);
        }
        FoldInSolver solver =
                FoldInSolver.of(EmbeddingModel.builder(items, items).foldIn(law).build());
        int[] liked = new int[LENGTH];
        Arrays.setAll(liked, index -> 5 * index);
        History history = new History(liked, new float[LENGTH]);
        solve(solver, history, WARM_UP);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        solve(solver, history, WARM_UP);
        long nanoseconds = System.nanoTime() - start;
        System.out.println("bytes=" + (threads.getCurrentThreadAllocatedBytes() - before) / WARM_UP);
        System.out.println("nanoseconds=" + nanoseconds / WARM_UP);
    }

    private static void solve(FoldInSolver solver, History history, int times) {
        for (int i = 0; i < times; i++) {
            var _ = solver.solve(history).orElseThrow();
        }
    }
}
