package dev.latent.plugins;

import dev.latent.spi.Algorithm;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Turns a candidate into a loaded plugin or a reason why not.
 *
 * <p>The manifests are checked before any class is loaded. The plugin's code then runs in a thread of its own with a time
 * limit, so that a constructor that never returns costs one plugin and not the start of the server.
 */
final class PluginLoader {

    /** How long the constructors and declarations of a plugin may take. */
    static final Duration TIME_LIMIT = Duration.ofSeconds(10);

    private final Clock clock;
    private final Duration timeLimit;

    PluginLoader(Clock clock, Duration timeLimit) {
        this.clock = clock;
        this.timeLimit = timeLimit;
    }

    LoadResult load(PluginCandidate candidate, NamesInUse names) {
        PluginManifest manifest = PluginManifest.read(candidate);
        try {
            if (!manifest.problems().isEmpty()) {
                throw PluginRefusedException.rejected(String.join("; ", manifest.problems()));
            }
            names.checkPlugin(manifest.name());
            return new LoadResult.Loaded(open(candidate, manifest, names), clock.instant());
        } catch (PluginRefusedException e) {
            return LoadResult.Refused.of(candidate, manifest, e, clock.instant());
        }
    }

    private LoadedPlugin open(PluginCandidate candidate, PluginManifest manifest, NamesInUse names)
            throws PluginRefusedException {
        String sha256 = digest(candidate);
        PluginClassLoader loader = new PluginClassLoader(manifest.name(), candidate.jarPaths());
        LoadedPlugin plugin = null;
        try {
            List<AlgorithmProvider> providers = withinLimit(loader, () -> providers(loader));
            for (AlgorithmProvider provider : providers) {
                names.checkAlgorithm(provider.declaration().name());
            }
            plugin = new LoadedPlugin(candidate, manifest, sha256, loader, providers);
            return plugin;
        } finally {
            if (plugin == null) {
                loader.shut();
            }
        }
    }

    private static String digest(PluginCandidate candidate) throws PluginRefusedException {
        try {
            return JarDigest.of(candidate.jarPaths());
        } catch (IOException e) {
            throw PluginRefusedException.rejected("its jars cannot be read: " + e + "; copy them again");
        }
    }

    private static List<AlgorithmProvider> providers(PluginClassLoader loader) throws PluginRefusedException {
        List<AlgorithmProvider> providers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Algorithm algorithm : ServiceLoader.load(Algorithm.class, loader)) {
            AlgorithmDeclaration declaration = AlgorithmDeclaration.of(algorithm);
            if (!names.add(declaration.name())) {
                throw PluginRefusedException.failed("it holds two algorithms named '" + declaration.name()
                        + "'; rename one and build the jar again");
            }
            providers.add(new AlgorithmProvider(algorithm, declaration));
        }
        if (providers.isEmpty()) {
            throw PluginRefusedException.failed("its META-INF/services/" + Algorithm.class.getName()
                    + " names no class; write the name of the algorithm's class into it");
        }
        return providers;
    }

    private <T> T withinLimit(PluginClassLoader loader, Callable<T> body) throws PluginRefusedException {
        FutureTask<T> task = new FutureTask<>(body);
        Thread thread = Thread.ofPlatform().daemon().name(loader.getName()).unstarted(task);
        thread.setContextClassLoader(loader);
        thread.start();
        try {
            return task.get(timeLimit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof PluginRefusedException refusal
                    ? refusal
                    : PluginRefusedException.failed(cause(e));
        } catch (TimeoutException e) {
            StackTraceElement[] trace = thread.getStackTrace();
            thread.interrupt();
            throw PluginRefusedException.failed("its code did not come back within " + timeLimit.toMillis()
                    + " ms while it was loaded; it was" + FailureReason.place(trace)
                    + "; tell the plugin's author that constructors must be quick");
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw PluginRefusedException.failed("loading it was interrupted; scan the directory again");
        }
    }

    private static Throwable cause(ExecutionException exception) {
        Throwable cause = exception.getCause();
        return cause == null ? exception : cause;
    }
}
