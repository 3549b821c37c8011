package dev.latent.algorithms.wals;

import com.sun.management.ThreadMXBean;
import dev.latent.math.WorkerPool;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prints what all threads together allocate in a sweep, once the first ones have been made. */
final class AllocationProbe {

    private static final int WARM_UP = 3;
    private static final int MEASURED = 3;

    private AllocationProbe() {}

    /** Arguments: users, the length above which threads share a row, then the hyperparameters as {@code name=value}. */
    public static void main(String[] arguments) {
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 2; i < arguments.length; i++) {
            int equals = arguments[i].indexOf('=');
            given.put(arguments[i].substring(0, equals), arguments[i].substring(equals + 1));
        }
        int longest = Integer.parseInt(arguments[1]);
        Interactions data = Planted.noise(Integer.parseInt(arguments[0]), 60, 0.3, 5);
        System.out.println("bytes=" + bytes(Fit.of(data, given), new RowLimits(longest, longest)));
    }

    private static long bytes(Fit fit, RowLimits limits) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        try (WorkerPool pool = new WorkerPool(2)) {
            WalsTraining training = new WalsTraining(fit, fit.options(), limits, pool, fit);
            training.start();
            for (int sweep = 1; sweep <= WARM_UP + MEASURED; sweep++) {
                Progress progress = new Progress(fit, sweep, WARM_UP + MEASURED, Integer.MAX_VALUE);
                long before = threads.getTotalThreadAllocatedBytes();
                training.solveItems(sweep, progress);
                training.solveUsers(sweep, progress);
                training.model();
                long allocated = threads.getTotalThreadAllocatedBytes() - before;
                least = sweep > WARM_UP ? Math.min(least, allocated) : least;
            }
        }
        return least;
    }
}
