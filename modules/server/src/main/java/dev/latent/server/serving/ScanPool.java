package dev.latent.server.serving;

import dev.latent.server.errors.ApiException;
import io.grpc.Status.Code;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for searches too long for the network's own: one a processor, with a bounded queue; beyond it work is refused at
 * once with RESOURCE_EXHAUSTED rather than answered too late. Thread-safe.
 */
final class ScanPool implements Executor, AutoCloseable {

    private static final int QUEUE = 1_024;

    private final ThreadPoolExecutor pool;

    @Inject
    ScanPool() {
        int threads = Runtime.getRuntime().availableProcessors();
        pool = new ThreadPoolExecutor(
                threads,
                threads,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(QUEUE),
                Thread.ofPlatform().daemon().name("scan-", 0).factory());
    }

    @Override
    public void execute(Runnable work) {
        try {
            pool.execute(work);
        } catch (RejectedExecutionException e) {
            throw ApiException.of(
                    Code.RESOURCE_EXHAUSTED,
                    "OVERLOADED",
                    "More than " + QUEUE + " searches are waiting; try again later or ask less often",
                    Map.of("waiting", Integer.toString(QUEUE)));
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
