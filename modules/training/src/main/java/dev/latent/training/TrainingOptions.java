package dev.latent.training;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How runs are carried out.
 *
 * @param threads most processor threads of one run, at least 1
 * @param concurrency runs at work at the same time, at least 1
 * @param queueLimit runs that may wait; one more is refused
 * @param keptRuns ended runs whose files are kept, the newest ones
 * @param timeLimit after which a run's process is killed
 * @param memoryBytes most memory of a run, its snapshot included; empty for what the machine has available
 * @param snapshotBytes of snapshots that are kept for later runs; 0 to keep none
 * @param process how the process of a run is started; empty to train inside this process, where a plugin can do harm:
 *     for tests
 */
public record TrainingOptions(
        int threads,
        int concurrency,
        int queueLimit,
        int keptRuns,
        Optional<Duration> timeLimit,
        Optional<Long> memoryBytes,
        long snapshotBytes,
        Optional<ChildProcess> process) {

    private static final long DEFAULT_SNAPSHOT_BYTES = 8L << 30;

    /**
     * How a Java process is started.
     *
     * @param java the launcher
     * @param classPath of the process: what holds this class
     * @param heapBytes its largest heap
     * @param arguments further arguments of the virtual machine
     */
    public record ChildProcess(Path java, String classPath, long heapBytes, List<String> arguments) {

        private static final long SMALLEST_HEAP = 16L << 20;

        /** Checks the heap and copies the arguments. */
        public ChildProcess {
            arguments = List.copyOf(arguments);
            if (heapBytes < SMALLEST_HEAP) {
                throw new IllegalArgumentException(
                        "The process of a run needs a heap of at least " + SMALLEST_HEAP + " bytes, got " + heapBytes);
            }
        }

        /**
         * Like this process: its launcher, class path and largest heap.
         *
         * @return settings without further arguments
         */
        public static ChildProcess likeThis() {
            Path java = Path.of(System.getProperty("java.home"), "bin", "java");
            String classPath = System.getProperty("java.class.path");
            return new ChildProcess(
                    java,
                    classPath.isEmpty() ? "." : classPath,
                    Runtime.getRuntime().maxMemory(),
                    List.of());
        }

        /**
         * Takes the class path from a folder of jars.
         *
         * @param folder all its jars
         * @return otherwise the same
         */
        public ChildProcess withJarsOf(Path folder) {
            return new ChildProcess(java, folder + File.separator + "*", heapBytes, arguments);
        }

        /**
         * Sets the largest heap.
         *
         * @param bytes at least 16 MiB
         * @return otherwise the same
         */
        public ChildProcess withHeapBytes(long bytes) {
            return new ChildProcess(java, classPath, bytes, arguments);
        }

        /**
         * Sets further arguments of the virtual machine.
         *
         * @param values before the class name
         * @return otherwise the same
         */
        public ChildProcess withArguments(List<String> values) {
            return new ChildProcess(java, classPath, heapBytes, values);
        }
    }

    /** Checks the ranges. */
    public TrainingOptions {
        if (threads < 1 || concurrency < 1 || queueLimit < 1 || keptRuns < 1) {
            throw new IllegalArgumentException(
                    "Training needs threads, concurrency, queue limit and kept runs of at least 1, got " + threads
                            + ", " + concurrency + ", " + queueLimit + ", " + keptRuns);
        }
    }

    /**
     * One run at a time, on all processors, in a process like this one, without a time limit.
     *
     * @return the options
     */
    public static TrainingOptions defaults() {
        return new TrainingOptions(
                Runtime.getRuntime().availableProcessors(),
                1,
                100,
                1000,
                Optional.empty(),
                Optional.empty(),
                DEFAULT_SNAPSHOT_BYTES,
                Optional.of(ChildProcess.likeThis()));
    }

    /**
     * Sets the threads of a run.
     *
     * @param value at least 1
     * @return otherwise the same
     */
    public TrainingOptions withThreads(int value) {
        return new TrainingOptions(
                value, concurrency, queueLimit, keptRuns, timeLimit, memoryBytes, snapshotBytes, process);
    }

    /**
     * Sets how many runs work at the same time.
     *
     * @param value at least 1
     * @return otherwise the same
     */
    public TrainingOptions withConcurrency(int value) {
        return new TrainingOptions(
                threads, value, queueLimit, keptRuns, timeLimit, memoryBytes, snapshotBytes, process);
    }

    /**
     * Sets how many runs may wait.
     *
     * @param value at least 1
     * @return otherwise the same
     */
    public TrainingOptions withQueueLimit(int value) {
        return new TrainingOptions(
                threads, concurrency, value, keptRuns, timeLimit, memoryBytes, snapshotBytes, process);
    }

    /**
     * Sets how many ended runs are kept.
     *
     * @param value at least 1
     * @return otherwise the same
     */
    public TrainingOptions withKeptRuns(int value) {
        return new TrainingOptions(
                threads, concurrency, queueLimit, value, timeLimit, memoryBytes, snapshotBytes, process);
    }

    /**
     * Sets after what time a run is killed.
     *
     * @param value above 0
     * @return otherwise the same
     */
    public TrainingOptions withTimeLimit(Duration value) {
        return new TrainingOptions(
                threads, concurrency, queueLimit, keptRuns, Optional.of(value), memoryBytes, snapshotBytes, process);
    }

    /**
     * Sets how much memory a run may have.
     *
     * @param value heap, native memory and snapshot together, at least 1
     * @return otherwise the same
     */
    public TrainingOptions withMemoryBytes(long value) {
        return new TrainingOptions(
                threads, concurrency, queueLimit, keptRuns, timeLimit, Optional.of(value), snapshotBytes, process);
    }

    /**
     * Sets how much disk the snapshots of earlier runs may take.
     *
     * @param value 0 to keep none
     * @return otherwise the same
     */
    public TrainingOptions withSnapshotBytes(long value) {
        return new TrainingOptions(threads, concurrency, queueLimit, keptRuns, timeLimit, memoryBytes, value, process);
    }

    /**
     * Sets how processes are started.
     *
     * @param value launcher, class path, heap
     * @return otherwise the same
     */
    public TrainingOptions withProcess(ChildProcess value) {
        return new TrainingOptions(
                threads, concurrency, queueLimit, keptRuns, timeLimit, memoryBytes, snapshotBytes, Optional.of(value));
    }

    /**
     * Trains inside this process, where a plugin can do harm: for tests.
     *
     * @return otherwise the same
     */
    public TrainingOptions inProcess() {
        return new TrainingOptions(
                threads, concurrency, queueLimit, keptRuns, timeLimit, memoryBytes, snapshotBytes, Optional.empty());
    }
}
