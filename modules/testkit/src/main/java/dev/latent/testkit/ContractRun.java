package dev.latent.testkit;

import dev.latent.spi.Algorithm;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingContext;
import dev.latent.spi.TrainingListener;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One training in a thread of its own, so that an algorithm that hangs fails its test and not the build. */
final class ContractRun {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final FutureTask<TrainedModel> task;
    private final Thread thread;
    private final ClassLoader mark = new ClassLoader(ContractRun.class.getClassLoader()) {};
    private volatile long endedNanos;

    private ContractRun(Algorithm algorithm, TrainingContext context, TrainingListener listener) {
        task = new FutureTask<>(() -> {
            try {
                return algorithm.train(context, listener);
            } finally {
                endedNanos = System.nanoTime();
            }
        });
        thread = Thread.ofPlatform().daemon().name("contract-run").unstarted(task);
        thread.setContextClassLoader(mark);
    }

    static ContractRun start(Algorithm algorithm, TrainingContext context, TrainingListener listener) {
        ContractRun run = new ContractRun(algorithm, context, listener);
        run.thread.start();
        return run;
    }

    static TrainedModel train(Algorithm algorithm, TrainingContext context, TrainingListener listener) {
        return start(algorithm, context, listener).model();
    }

    TrainedModel model() {
        try {
            return await(LIMIT);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException thrown -> throw thrown;
                case Error thrown -> throw thrown;
                case null, default -> throw new AssertionError("train threw a checked exception", e);
            }
        } catch (TimeoutException e) {
            throw new AssertionError("train did not return within " + LIMIT, e);
        }
    }

    TrainedModel await(Duration limit) throws ExecutionException, TimeoutException {
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("The test was interrupted", e);
        }
    }

    /** The end of train by {@link System#nanoTime}, once it has ended. */
    long endedNanos() {
        return endedNanos;
    }

    /** Waits until the threads that the run started have ended, for a second at most; returns those that have not. */
    List<String> remainingThreads() throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        while (!ownThreads().isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
        return ownThreads();
    }

    /** Threads inherit the context class loader of the thread that started them. */
    private List<String> ownThreads() {
        Thread[] threads = new Thread[Thread.activeCount() * 2 + 64];
        int count = Thread.enumerate(threads);
        return Arrays.stream(threads, 0, count)
                .filter(other -> other.isAlive() && !other.equals(thread) && mark.equals(other.getContextClassLoader()))
                .map(Thread::getName)
                .toList();
    }
}
