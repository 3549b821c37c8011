package dev.latent.cli.recommending;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Makes the same call again and again from several threads; the first failure ends it. */
final class LoadLoop {

    private LoadLoop() {}

    /**
     * Makes calls.
     *
     * @param call given the number of the call, from 0
     * @param count how many
     * @param concurrency how many at a time
     * @return how long each took
     */
    static Latencies run(IntConsumer call, int count, int concurrency) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        long[] nanos = new long[count];
        ExecutorService threads = Executors.newFixedThreadPool(concurrency);
        try {
            long start = System.nanoTime();
            List<Future<?>> loops = new ArrayList<>();
            for (int thread = 0; thread < concurrency; thread++) {
                loops.add(threads.submit(() -> loop(call, next, nanos)));
            }
            for (Future<?> loop : loops) {
                await(loop);
            }
            return new Latencies(nanos, System.nanoTime() - start);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void loop(IntConsumer call, AtomicInteger next, long[] nanos) {
        for (int number = next.getAndIncrement(); number < nanos.length; number = next.getAndIncrement()) {
            long start = System.nanoTime();
            call.accept(number);
            nanos[number] = System.nanoTime() - start;
        }
    }

    private static void await(Future<?> loop) throws InterruptedException {
        try {
            loop.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
