package dev.latent.training;

import dev.latent.interactions.StoredSnapshot;
import dev.latent.plugins.LoadedAlgorithm;
import dev.latent.plugins.LoadedPlugin;
import dev.latent.plugins.PluginRegistry;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The process of one run: reads {@code task.json} in the directory that is its argument, does the work and tells its parent
 * in JSON lines on standard output. What plugins print goes to standard error, which the parent logs. Ends itself at once
 * when standard input ends, because then the parent is gone.
 */
public final class RunProcess {

    /** Exit status after the result was told. */
    static final int DONE = 0;

    /** Exit status after a failure was told. */
    static final int FAILED = 1;

    private RunProcess() {}

    /**
     * Does the work of a run.
     *
     * @param arguments the directory of the run
     */
    public static void main(String[] arguments) {
        PrintStream events = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        System.setOut(System.err);
        ParentPipe parent = ParentPipe.open(events, System.in);
        int status = work(Path.of(arguments[0]), parent);
        events.flush();
        Runtime.getRuntime().halt(status); // threads that a plugin left behind do not keep the process
    }

    private static int work(Path directory, ParentPipe parent) {
        String id = String.valueOf(directory.getFileName());
        try {
            RunTask task = RunJson.read(directory.resolve("task.json"), RunTask.class);
            parent.send(WorkMessage.of(work(task, parent)));
            return DONE;
        } catch (Throwable e) { // a thread border: the parent hears of everything
            parent.send(WorkMessage.failed(FailureText.of(id, e)));
            return FAILED;
        }
    }

    private static WorkResult work(RunTask task, WorkMonitor monitor) throws IOException {
        try (LoadedPlugin plugin = load(task.plugin(), task.pluginSha256());
                StoredSnapshot snapshot = StoredSnapshot.open(Path.of(task.snapshot()))) {
            return RunWork.run(task, find(plugin, task.algorithm()), snapshot, monitor);
        }
    }

    /**
     * Loads a plugin that is still what it was when the parent loaded it.
     *
     * @param path of the plugin
     * @param sha256 what it contained then
     * @return to be closed
     * @throws RuntimeException when it has changed
     */
    public static LoadedPlugin load(String path, String sha256) {
        LoadedPlugin plugin = PluginRegistry.loadOne(Path.of(path));
        if (plugin.sha256().equals(sha256)) {
            return plugin;
        }
        try (plugin) {
            throw new RunFailureException("Plugin '" + plugin.name() + "' at " + plugin.path()
                    + " has changed since the run was asked for; start the run again");
        }
    }

    /**
     * Finds an algorithm of a plugin.
     *
     * @param plugin loaded
     * @param algorithm its name
     * @return the algorithm
     * @throws RuntimeException when the plugin has none of that name
     */
    public static LoadedAlgorithm find(LoadedPlugin plugin, String algorithm) {
        return plugin.algorithms().stream()
                .filter(candidate -> candidate.name().equals(algorithm))
                .findFirst()
                .orElseThrow(() -> new RunFailureException(
                        "Plugin '" + plugin.name() + "' has no algorithm '" + algorithm + "' any more"));
    }
}
