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
        try (LoadedPlugin plugin = PluginRegistry.loadOne(Path.of(task.plugin()));
                StoredSnapshot snapshot = StoredSnapshot.open(Path.of(task.snapshot()))) {
            if (!plugin.sha256().equals(task.pluginSha256())) {
                throw new RunFailureException("Plugin '" + plugin.name() + "' at " + plugin.path()
                        + " has changed since the run was asked for; start the run again");
            }
            LoadedAlgorithm algorithm = plugin.algorithms().stream()
                    .filter(candidate -> candidate.name().equals(task.algorithm()))
                    .findFirst()
                    .orElseThrow(() -> new RunFailureException(
                            "Plugin '" + plugin.name() + "' has no algorithm '" + task.algorithm() + "' any more"));
            return new RunWork(task, algorithm, snapshot, monitor).run();
        }
    }
}
