package dev.latent.math;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A fixed set of daemon threads for parallel loops over numbered blocks. The calling thread is worker 0, so a pool of one
 * thread starts none.
 *
 * <p>Blocks are claimed one by one in ascending order. One loop runs at a time: a second {@link #run}, from another thread
 * or from inside a block, throws {@link IllegalStateException}.
 */
public final class WorkerPool implements AutoCloseable {

    private final List<Thread> workers = new ArrayList<>();
    private final List<LinkedBlockingQueue<Loop>> inboxes = new ArrayList<>();
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean closed;

    /**
     * Starts {@code threads - 1} threads.
     *
     * @throws IllegalArgumentException when {@code threads} is below 1
     */
    public WorkerPool(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is %d, expected 1 or more".formatted(threads));
        }
        for (int worker = 1; worker < threads; worker++) {
            LinkedBlockingQueue<Loop> inbox = new LinkedBlockingQueue<>();
            int number = worker;
            inboxes.add(inbox);
            workers.add(
                    Thread.ofPlatform().daemon().name("latent-worker-" + number).start(() -> serve(inbox, number)));
        }
    }

    /** The number of threads a loop runs on, the caller's included. */
    public int threads() {
        return workers.size() + 1;
    }

    /**
     * Runs blocks 0 to {@code blocks - 1}, each once, and returns when all have ended. Everything a block wrote is visible
     * to the caller.
     *
     * <p>When a block throws, no further block is started and the first exception is rethrown, later ones suppressed in it.
     *
     * @throws CancellationException when the calling thread (or a worker, by its task) is interrupted: no further block is
     *     started, the running ones are awaited, and the caller's interrupt flag is set
     * @throws IllegalStateException when the pool is closed or already running a loop
     */
    public void run(int blocks, BlockTask task) {
        Shapes.checkCount("blocks", blocks);
        if (closed) {
            throw new IllegalStateException("WorkerPool is closed");
        }
        if (!busy.compareAndSet(false, true)) {
            throw new IllegalStateException("WorkerPool is already running a loop; give each caller its own pool");
        }
        try {
            Loop loop = new Loop(blocks, task, workers.size());
            inboxes.forEach(inbox -> inbox.add(loop));
            loop.work(0);
            loop.await();
            loop.finish();
        } finally {
            busy.set(false);
        }
    }

    private void serve(LinkedBlockingQueue<Loop> inbox, int worker) {
        while (!closed) {
            try {
                Loop loop = inbox.take();
                loop.work(worker);
                loop.done.countDown();
            } catch (InterruptedException e) {
                // close() woke this thread, or a task left its flag set: the loop condition tells which
            }
        }
    }

    /** Ends the threads and waits until they are gone. Not to be called while a loop runs. Idempotent. */
    @Override
    public void close() {
        closed = true;
        workers.forEach(Thread::interrupt);
        boolean interrupted = false;
        for (Thread worker : workers) {
            interrupted |= joinUninterruptibly(worker);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    /** The state of one call of {@link #run}. */
    private static final class Loop {
        private final int blocks;
        private final BlockTask task;
        private final AtomicInteger next = new AtomicInteger();
        private final CountDownLatch done;
        private volatile boolean stopped;
        private volatile boolean interrupted;
        private @Nullable Throwable failure;

        Loop(int blocks, BlockTask task, int otherWorkers) {
            this.blocks = blocks;
            this.task = task;
            this.done = new CountDownLatch(otherWorkers);
        }

        void work(int worker) {
            try {
                while (!stopped && !isInterrupted()) {
                    int block = next.getAndIncrement();
                    if (block >= blocks) {
                        return;
                    }
                    task.run(block, worker);
                }
            } catch (Throwable e) { // a thread border: rethrown by finish()
                fail(e);
            }
        }

        private boolean isInterrupted() {
            if (Thread.interrupted()) {
                cancel();
            }
            return stopped;
        }

        private void cancel() {
            interrupted = true;
            stopped = true;
        }

        @SuppressWarnings("ReferenceEquality") // two blocks may throw one object, which cannot suppress itself
        private synchronized void fail(Throwable e) {
            stopped = true;
            if (failure == null) {
                failure = e;
            } else if (failure != e) {
                failure.addSuppressed(e);
            }
        }

        void await() {
            while (true) {
                try {
                    done.await();
                    return;
                } catch (InterruptedException e) {
                    cancel();
                }
            }
        }

        synchronized void finish() {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (failure instanceof Error error) {
                throw error;
            } else if (failure instanceof RuntimeException exception) {
                throw exception;
            } else if (failure != null) {
                throw new IllegalStateException("a block threw a checked exception", failure);
            } else if (interrupted) {
                throw new CancellationException(
                        "WorkerPool: interrupted; the loop of " + blocks + " blocks is incomplete");
            }
        }
    }
}
