package dev.latent.testkit;

import dev.latent.spi.Sweep;
import dev.latent.spi.TrainedModel;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Lets two runs wait for each other after each sweep, so that each has the other's work between its own. */
final class InterleavingListener extends RecordingListener {

    private static final long PATIENCE_MILLIS = 500;

    private final CyclicBarrier barrier;

    InterleavingListener(CyclicBarrier barrier) {
        this.barrier = barrier;
    }

    @Override
    public Decision sweep(Sweep sweep, Supplier<? extends TrainedModel> current) {
        try {
            barrier.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (BrokenBarrierException | TimeoutException e) {
            log("the other run has fewer sweeps: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return super.sweep(sweep, current);
    }
}
