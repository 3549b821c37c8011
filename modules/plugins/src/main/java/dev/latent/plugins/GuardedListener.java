package dev.latent.plugins;

import dev.latent.spi.Sweep;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingListener;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The host's listener as a plugin sees it: runs with the host's context class loader, and remembers what the host itself
 * threw, so that it is not taken for a fault of the plugin.
 */
final class GuardedListener implements TrainingListener {

    private final TrainingListener host;
    private final PluginCall call;
    private final ClassLoader hostLoader;
    private volatile @Nullable RuntimeException thrownByHost;

    GuardedListener(TrainingListener host, PluginCall call) {
        this.host = host;
        this.call = call;
        hostLoader = Thread.currentThread().getContextClassLoader();
    }

    /** Throws the host's own exception when it is behind a plugin's failure. */
    void rethrowIfHosts(PluginException failure) {
        RuntimeException own = thrownByHost;
        for (Throwable cause = failure; own != null && cause != null; cause = cause.getCause()) {
            if (cause.equals(own)) {
                throw own;
            }
        }
    }

    @Override
    public void progress(int sweep, int sweeps, double fraction) {
        inHost(() -> {
            host.progress(sweep, sweeps, fraction);
            return true;
        });
    }

    @Override
    public Decision sweep(Sweep sweep, Supplier<? extends TrainedModel> current) {
        return inHost(() -> host.sweep(
                sweep, () -> GuardedScoringModel.guard(call.<TrainedModel>call("current model", current::get), call)));
    }

    @Override
    public boolean isCancelled() {
        return host.isCancelled();
    }

    @Override
    public void log(String line) {
        inHost(() -> {
            host.log(line);
            return true;
        });
    }

    private <T> T inHost(Supplier<T> body) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(hostLoader);
        try {
            return body.get();
        } catch (RuntimeException e) {
            thrownByHost = e;
            throw e;
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
