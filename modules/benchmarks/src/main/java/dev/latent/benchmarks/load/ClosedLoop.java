package dev.latent.benchmarks.load;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps a fixed number of calls under way: each lane starts its next call as soon as the last one is answered, on the thread
 * that brought the answer. The time of a call is from its start to its answer.
 */
final class ClosedLoop {

    private final CallFactory factory;
    private final long[] nanos;
    private final AtomicInteger next = new AtomicInteger();
    private final Map<String, Integer> errors = new ConcurrentSkipListMap<>();
    private final CountDownLatch lanes;

    private ClosedLoop(CallFactory factory, int calls, int concurrency) {
        this.factory = factory;
        nanos = new long[calls];
        lanes = new CountDownLatch(concurrency);
    }

    /**
     * Makes calls.
     *
     * @param factory starts them
     * @param calls how many
     * @param concurrency how many at a time
     * @param timeout after which what is not answered counts as an error
     * @return times, duration and errors
     */
    static Phase run(CallFactory factory, int calls, int concurrency, Duration timeout) throws InterruptedException {
        ClosedLoop loop = new ClosedLoop(factory, calls, concurrency);
        long start = System.nanoTime();
        for (int lane = 0; lane < concurrency; lane++) {
            loop.new Lane(lane).advance();
        }
        boolean ended = loop.lanes.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        long wall = System.nanoTime() - start;
        if (!ended) {
            throw new IllegalStateException("Calls were not answered within " + timeout.toSeconds() + " s: "
                    + Math.min(calls, loop.next.get()) + " of " + calls + " started, errors " + loop.errors
                    + "; look at the server's log");
        }
        return new Phase(Arrays.copyOf(loop.nanos, calls), wall, Map.copyOf(loop.errors));
    }

    /**
     * One of the concurrent loops. An answer may come before its call returns: it then only counts a start that is due, so
     * that a server that fails at once does not pile calls upon calls.
     */
    private final class Lane {
        private final int number;
        private final AtomicInteger due = new AtomicInteger();

        Lane(int number) {
            this.number = number;
        }

        void advance() {
            if (due.getAndIncrement() == 0) {
                do {
                    startNext();
                } while (due.decrementAndGet() > 0);
            }
        }

        private void startNext() {
            int call = next.getAndIncrement();
            if (call >= nanos.length) {
                lanes.countDown();
                return;
            }
            long start = System.nanoTime();
            factory.start(number, call, problem -> {
                nanos[call] = System.nanoTime() - start;
                if (!problem.isEmpty()) {
                    errors.merge(problem, 1, Integer::sum);
                }
                advance();
            });
        }
    }
}
