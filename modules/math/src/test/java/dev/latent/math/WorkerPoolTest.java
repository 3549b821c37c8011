package dev.latent.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkerPoolTest {

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 1", "1, 100", "2, 1", "2, 1000", "4, 3", "4, 10000"})
    void everyBlock_runsOnceOnAKnownWorker(int threads, int blocks) {
        AtomicIntegerArray runs = new AtomicIntegerArray(blocks + 1);
        Set<Integer> workers = ConcurrentHashMap.newKeySet();
        try (WorkerPool pool = new WorkerPool(threads)) {
            for (int round = 1; round <= 3; round++) {
                pool.run(blocks, (block, worker) -> {
                    runs.incrementAndGet(block);
                    workers.add(worker);
                });
                for (int block = 0; block < blocks; block++) {
                    assertThat(runs.get(block)).isEqualTo(round);
                }
            }
        }

        assertThat(runs.get(blocks)).isZero();
        assertThat(workers).allMatch(worker -> worker >= 0 && worker < threads);
    }

    @Test
    void twoThreads_runTwoBlocksAtOnce() {
        CountDownLatch both = new CountDownLatch(2);
        Set<Integer> workers = ConcurrentHashMap.newKeySet();

        Parallel.forBlocks(2, 2, (block, worker) -> {
            workers.add(worker);
            both.countDown();
            await(both);
        });

        assertThat(workers).containsExactlyInAnyOrder(0, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void throwingBlock_stopsTheLoopAndReachesTheCaller(int threads) {
        AtomicInteger started = new AtomicInteger();
        try (WorkerPool pool = new WorkerPool(threads)) {
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> pool.run(1_000_000, (block, worker) -> {
                        started.incrementAndGet();
                        if (block == 5) {
                            throw new UnsupportedOperationException("block 5");
                        }
                    }))
                    .withMessage("block 5");
            assertThat(started.get()).isLessThan(1_000_000);

            AtomicInteger later = new AtomicInteger();
            pool.run(10, (block, worker) -> later.incrementAndGet());
            assertThat(later).hasValue(10);
        }
    }

    @Test
    void errorInAWorkerThread_isRethrownAsItIs() {
        try (WorkerPool pool = new WorkerPool(2)) {
            CountDownLatch both = new CountDownLatch(2);
            assertThatExceptionOfType(StackOverflowError.class)
                    .isThrownBy(() -> pool.run(2, (block, worker) -> {
                        both.countDown();
                        await(both);
                        if (worker == 1) {
                            throw new StackOverflowError("deep");
                        }
                    }));
        }
    }

    @Test
    void twoThrowingBlocks_keepTheSecondAsSuppressed() {
        try (WorkerPool pool = new WorkerPool(2)) {
            CountDownLatch both = new CountDownLatch(2);
            assertThatIllegalStateException()
                    .isThrownBy(() -> pool.run(2, (block, worker) -> {
                        both.countDown();
                        await(both);
                        throw new IllegalStateException("block " + block);
                    }))
                    .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        }
    }

    @Test
    void oneExceptionThrownByTwoBlocks_isRethrown() {
        IllegalStateException shared = new IllegalStateException("shared");
        try (WorkerPool pool = new WorkerPool(2)) {
            CountDownLatch both = new CountDownLatch(2);
            assertThatIllegalStateException()
                    .isThrownBy(() -> pool.run(2, (block, worker) -> {
                        both.countDown();
                        await(both);
                        throw shared;
                    }))
                    .isSameAs(shared);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void interruptedCaller_stopsWithinASecondAndKeepsItsFlag(int threads) throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        FutureTask<Boolean> flagAfter = new FutureTask<>(() -> {
            try (WorkerPool pool = new WorkerPool(threads)) {
                assertThatExceptionOfType(CancellationException.class)
                        .isThrownBy(() -> pool.run(Integer.MAX_VALUE, (block, worker) -> {
                            running.countDown();
                            spin(Duration.ofMillis(1));
                        }));
                return Thread.currentThread().isInterrupted();
            }
        });
        Thread caller = Thread.ofPlatform().start(flagAfter);
        running.await();

        caller.interrupt();

        assertThat(flagAfter.get(1, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void callerInterruptedWhileWaiting_awaitsTheRunningBlock() throws Exception {
        CountDownLatch workerBusy = new CountDownLatch(1);
        CountDownLatch callerIdle = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger finished = new AtomicInteger();
        FutureTask<Integer> finishedAtReturn = new FutureTask<>(() -> {
            try (WorkerPool pool = new WorkerPool(2)) {
                assertThatExceptionOfType(CancellationException.class)
                        .isThrownBy(() -> pool.run(2, (block, worker) -> {
                            if (worker == 1) {
                                workerBusy.countDown();
                                await(release);
                                finished.incrementAndGet();
                            } else {
                                await(workerBusy);
                                callerIdle.countDown();
                            }
                        }));
                return finished.get();
            }
        });
        Thread caller = Thread.ofPlatform().start(finishedAtReturn);
        callerIdle.await();
        while (caller.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
        caller.interrupt();
        Thread.sleep(50);
        assertThat(finishedAtReturn.isDone()).isFalse();

        release.countDown();

        assertThat(finishedAtReturn.get(5, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void interruptBeforeTheLoop_runsNothing() {
        AtomicInteger runs = new AtomicInteger();
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() -> Parallel.forBlocks(1, 5, (block, worker) -> runs.incrementAndGet()));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(runs).hasValue(0);
    }

    @Test
    void nestedLoop_isRefused() {
        try (WorkerPool pool = new WorkerPool(1)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> pool.run(1, (block, worker) -> pool.run(1, (inner, same) -> {})))
                    .withMessageContaining("already running");
        }
    }

    @Test
    void closedPool_refusesAndItsThreadsAreGone() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        WorkerPool pool = new WorkerPool(3);
        pool.run(3, (block, worker) -> {
            threads.add(Thread.currentThread());
            spin(Duration.ofMillis(20));
        });

        pool.close();
        pool.close();

        threads.remove(Thread.currentThread());
        assertThat(threads).noneMatch(Thread::isAlive);
        assertThatIllegalStateException()
                .isThrownBy(() -> pool.run(1, (block, worker) -> {}))
                .withMessageContaining("closed");
    }

    @Test
    void badArguments_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new WorkerPool(0)).withMessageContaining("threads is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Parallel.forBlocks(0, 1, (block, worker) -> {}))
                .withMessageContaining("threads is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Parallel.forBlocks(1, -1, (block, worker) -> {}))
                .withMessageContaining("blocks is -1");
    }

    /** Waits without noticing interrupts, so that only the pool's own checks do. */
    private static void await(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void spin(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
