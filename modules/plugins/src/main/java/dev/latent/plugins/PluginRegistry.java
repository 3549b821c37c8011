package dev.latent.plugins;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All plugins of some directories: the loaded ones and, with the reason, the others. Thread-safe.
 *
 * <p>A plugin is {@code <directory>/<name>.jar}, or {@code <directory>/<name>/} whose jars share one class loader; of
 * those exactly one carries the manifest attributes of {@link dev.latent.spi.SpiVersion}. The directories are looked at
 * several times a second (names, sizes, times). What appears or changes is judged once it has stopped changing between
 * two looks; what is judged too early, in a pause of its copying, is judged again when it changes. A name belongs to the
 * plugin that was loaded first; when the registry opens, to the one in the earlier directory, then of the earlier file
 * name.
 */
public final class PluginRegistry implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PluginRegistry.class);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(400);

    private final PluginDirectories directories;
    private final PluginLoader loader;
    private final Thread watcher;
    private final List<Consumer<List<PluginStatus>>> listeners = new CopyOnWriteArrayList<>();
    private final Map<Path, Judged> judged = new LinkedHashMap<>();
    private final Map<Path, PluginCandidate> unsettled = new HashMap<>();
    private boolean closed;
    private volatile View view = new View(List.of(), new TreeMap<>());

    /** A candidate and what became of it. */
    private record Judged(PluginCandidate candidate, LoadResult result) {

        private boolean isNameTaken() {
            return result instanceof LoadResult.Refused refused && refused.nameTaken();
        }

        private boolean isRefusedAs(Judged other) {
            return candidate.equals(other.candidate)
                    && result.loaded().isEmpty()
                    && other.result.status().reason().equals(result.status().reason());
        }
    }

    /** What callers see. */
    private record View(List<PluginStatus> statuses, SortedMap<String, LoadedAlgorithm> algorithms) {}

    private PluginRegistry(List<Path> directories, PluginLoader loader, Duration pollInterval) {
        this.directories = new PluginDirectories(directories);
        this.loader = loader;
        watcher = Thread.ofPlatform().daemon().name("latent-plugins").unstarted(() -> watch(pollInterval));
    }

    /**
     * Loads the plugins of some directories and watches them until {@link #close}.
     *
     * @param directories need not exist yet; of two plugins of one name, the one in the earlier directory loads
     * @param clock tells {@link PluginStatus#since}
     * @return a registry in which everything that lies there has been judged
     */
    public static PluginRegistry open(List<Path> directories, Clock clock) {
        return open(directories, new PluginLoader(clock, PluginLoader.TIME_LIMIT), POLL_INTERVAL);
    }

    static PluginRegistry open(List<Path> directories, PluginLoader loader, Duration pollInterval) {
        PluginRegistry registry = new PluginRegistry(directories, loader, pollInterval);
        registry.scan();
        registry.watcher.start();
        return registry;
    }

    /**
     * Loads a single plugin, without a registry: what the process of a run does.
     *
     * @param path {@link LoadedAlgorithm#pluginPath()}
     * @return to be closed
     * @throws PluginException when it is rejected or fails, with the reason
     */
    public static LoadedPlugin loadOne(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        PluginCandidate candidate = find(absolute)
                .orElseThrow(() -> refusal(
                        PluginCandidate.fileName(absolute),
                        "",
                        "no jar and no folder at " + absolute + "; check the path"));
        LoadResult result = new PluginLoader(Clock.systemUTC(), PluginLoader.TIME_LIMIT)
                .load(candidate, new NamesInUse(Map.of(), Map.of()));
        PluginStatus status = result.status();
        return result.loaded()
                .orElseThrow(() ->
                        refusal(status.name(), status.version(), "is " + status.state() + ": " + status.reason()));
    }

    private static Optional<PluginCandidate> find(Path path) {
        try {
            return PluginCandidate.find(path);
        } catch (IOException e) {
            throw new UncheckedIOException("Plugin " + path + " cannot be read", e);
        }
    }

    /**
     * Returns what became of everything in the directories.
     *
     * @return sorted by name, then path; unmodifiable
     */
    public List<PluginStatus> list() {
        return view.statuses();
    }

    /**
     * Returns all algorithms that can be used.
     *
     * @return sorted by name; unmodifiable
     */
    public List<LoadedAlgorithm> algorithms() {
        return List.copyOf(view.algorithms().values());
    }

    /**
     * Looks up an algorithm.
     *
     * @param algorithm its name
     * @return empty when no loaded plugin has it
     */
    public Optional<LoadedAlgorithm> find(String algorithm) {
        return Optional.ofNullable(view.algorithms().get(algorithm));
    }

    /**
     * Returns an algorithm.
     *
     * @param algorithm its name
     * @return the algorithm
     * @throws AlgorithmNotFoundException when no loaded plugin has it
     */
    public LoadedAlgorithm get(String algorithm) {
        View now = view;
        return Optional.ofNullable(now.algorithms().get(algorithm))
                .orElseThrow(() -> new AlgorithmNotFoundException(
                        algorithm, now.algorithms().keySet()));
    }

    /**
     * Hears of changes.
     *
     * @param listener called after each change with {@link #list()}, by the thread that found it; to be quick
     */
    public void addListener(Consumer<List<PluginStatus>> listener) {
        listeners.add(listener);
    }

    /** Looks at the directories now and judges everything that is new or has changed, settled or not. */
    public void scan() {
        scan(false);
    }

    boolean isWatching() {
        return watcher.isAlive();
    }

    private void watch(Duration pollInterval) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(pollInterval);
                poll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void poll() {
        try {
            scan(true);
        } catch (RuntimeException | Error e) {
            LOG.error("Plugin directories could not be scanned; trying again", e);
        }
    }

    private synchronized void scan(boolean settledOnly) {
        if (closed) {
            return;
        }
        List<PluginCandidate> found = directories.list();
        List<LoadedPlugin> outdated = new ArrayList<>();
        boolean changed = removeVanished(found, outdated);
        for (PluginCandidate candidate : toJudge(found, settledOnly)) {
            judge(candidate, outdated);
            changed = true;
        }
        if (changed) {
            judgeAgainWhereNamesWereTaken(outdated);
            publish();
        }
        outdated.forEach(LoadedPlugin::close);
    }

    private boolean removeVanished(List<PluginCandidate> found, List<LoadedPlugin> outdated) {
        List<Path> present = found.stream().map(PluginCandidate::path).toList();
        List<Judged> vanished = judged.values().stream()
                .filter(entry -> !present.contains(entry.candidate().path()))
                .toList();
        for (Judged entry : vanished) {
            judged.remove(entry.candidate().path());
            entry.result().loaded().ifPresent(outdated::add);
            LOG.info(
                    "Plugin '{}' is gone: {}",
                    entry.result().status().name(),
                    entry.candidate().path());
        }
        return !vanished.isEmpty();
    }

    /** Returns what is new or changed; while watching, only what looked the same the last time. */
    private List<PluginCandidate> toJudge(List<PluginCandidate> found, boolean settledOnly) {
        List<PluginCandidate> different =
                found.stream().filter(this::isDifferent).toList();
        List<PluginCandidate> due = different.stream()
                .filter(candidate -> !settledOnly || candidate.equals(unsettled.get(candidate.path())))
                .toList();
        unsettled.clear();
        different.forEach(candidate -> unsettled.put(candidate.path(), candidate));
        return due;
    }

    private boolean isDifferent(PluginCandidate candidate) {
        Judged before = judged.get(candidate.path());
        return before == null || !before.candidate().equals(candidate);
    }

    private void judge(PluginCandidate candidate, List<LoadedPlugin> outdated) {
        Judged before = judged.get(candidate.path());
        NamesInUse names = NamesInUse.by(judged.values().stream()
                .filter(entry -> !entry.candidate().path().equals(candidate.path()))
                .flatMap(entry -> entry.result().loaded().stream()));
        Judged now = new Judged(candidate, loader.load(candidate, names));
        if (before != null && before.isRefusedAs(now)) {
            return;
        }
        judged.put(candidate.path(), now);
        if (before != null) {
            before.result().loaded().ifPresent(outdated::add);
        }
        log(now.result().status());
    }

    private void judgeAgainWhereNamesWereTaken(List<LoadedPlugin> outdated) {
        List<Judged> refused =
                judged.values().stream().filter(Judged::isNameTaken).toList();
        refused.forEach(entry -> judge(entry.candidate(), outdated));
    }

    private static void log(PluginStatus status) {
        if (status.state() == PluginStatus.State.LOADED) {
            LOG.info(
                    "Plugin '{}' {} loaded from {}: {}",
                    status.name(),
                    status.version(),
                    status.path(),
                    String.join(", ", status.algorithms()));
        } else {
            LOG.warn("Plugin '{}' {} at {}: {}", status.name(), status.state(), status.path(), status.reason());
        }
    }

    private void publish() {
        SortedMap<String, LoadedAlgorithm> algorithms = new TreeMap<>();
        judged.values().stream()
                .flatMap(entry -> entry.result().loaded().stream())
                .flatMap(plugin -> plugin.algorithms().stream())
                .forEach(algorithm -> algorithms.put(algorithm.name(), algorithm));
        List<PluginStatus> statuses = judged.values().stream()
                .map(entry -> entry.result().status())
                .sorted(Comparator.comparing(PluginStatus::name).thenComparing(PluginStatus::path))
                .toList();
        view = new View(statuses, algorithms);
        listeners.forEach(listener -> tell(listener, statuses));
    }

    private static void tell(Consumer<List<PluginStatus>> listener, List<PluginStatus> statuses) {
        try {
            listener.accept(statuses);
        } catch (RuntimeException e) {
            LOG.error("A listener of the plugin registry failed", e);
        }
    }

    /** Stops watching and closes all plugins. */
    @Override
    public void close() {
        watcher.interrupt();
        synchronized (this) {
            closed = true;
            judged.values().forEach(entry -> entry.result().loaded().ifPresent(LoadedPlugin::close));
            judged.clear();
            view = new View(List.of(), new TreeMap<>());
        }
    }

    private static PluginException refusal(String name, String version, String reason) {
        return new PluginException(name, version, reason, null);
    }
}
