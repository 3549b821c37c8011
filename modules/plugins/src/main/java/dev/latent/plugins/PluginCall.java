package dev.latent.plugins;

import dev.latent.spi.InvalidHyperparametersException;
import dev.latent.spi.TrainingCancelledException;
import dev.latent.spi.TrainingFailedException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way into the code of a plugin: swaps the context class loader, times the call and turns what the plugin throws
 * into a {@link PluginException}.
 *
 * <p>The exceptions that the SPI gives a meaning pass as they are.
 */
record PluginCall(String plugin, String version, ClassLoader loader) {

    private static final Logger LOG = LoggerFactory.getLogger(PluginCall.class);

    /** Code of the plugin. */
    interface Step<T, E extends Exception> {
        T run() throws E;
    }

    <T> T call(String what, Step<T, TrainingFailedException> step) {
        return call(what, TrainingFailedException.class, step);
    }

    <T, E extends Exception> T call(String what, Class<E> passing, Step<T, E> step) throws E {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        long started = System.nanoTime();
        try {
            T result = step.run();
            if (result == null) {
                throw new PluginException(plugin, version, what + " returned null", null);
            }
            return result;
        } catch (TrainingCancelledException
                | TrainingFailedException
                | InvalidHyperparametersException
                | PluginException e) {
            throw e;
        } catch (Throwable e) {
            if (passing.isInstance(e)) {
                throw passing.cast(e);
            }
            throw failure(what, e);
        } finally {
            thread.setContextClassLoader(before);
            if (LOG.isDebugEnabled()) {
                LOG.debug(
                        "Plugin '{}' {}: {} took {}",
                        plugin,
                        version,
                        what,
                        Duration.ofNanos(System.nanoTime() - started));
            }
        }
    }

    private PluginException failure(String what, Throwable thrown) {
        if (thrown instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return new PluginException(plugin, version, what + " failed: " + FailureReason.of(thrown), thrown);
    }
}
