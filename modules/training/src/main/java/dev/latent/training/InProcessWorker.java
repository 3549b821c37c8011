package dev.latent.training;

import dev.latent.interactions.StoredSnapshot;
import dev.latent.plugins.LoadedAlgorithm;
import java.io.IOException;
import java.nio.file.Path;

/** Does the work of a run in this process: for tests, since a plugin can do harm here. */
final class InProcessWorker implements Worker {

    private final RunTask task;
    private final LoadedAlgorithm algorithm;
    private final WorkMonitor monitor;

    InProcessWorker(RunTask task, LoadedAlgorithm algorithm, WorkMonitor monitor) {
        this.task = task;
        this.algorithm = algorithm;
        this.monitor = monitor;
    }

    @Override
    public WorkResult work() throws IOException {
        try (StoredSnapshot snapshot = StoredSnapshot.open(Path.of(task.snapshot()))) {
            return RunWork.run(task, algorithm, snapshot, monitor);
        }
    }

    /** The algorithm asks the monitor. */
    @Override
    public void stop() {}
}
