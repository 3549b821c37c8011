package dev.latent.training;

import dev.latent.storage.DurableFile;
import dev.latent.storage.FileOperations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of one run, {@code runs/<id>/}: {@code run.json} (the run, durable), {@code events.jsonl} (one event a line)
 * and {@code log} outlive it; {@code snapshot/} and {@code task.json} do not.
 */
final class RunFiles {

    private final Path directory;
    private final FileOperations operations;

    RunFiles(Path directory, FileOperations operations) {
        this.directory = directory;
        this.operations = operations;
    }

    static RunFiles create(Path runs, String id, FileOperations operations) throws IOException {
        Path directory = runs.resolve(id);
        operations.createDirectory(directory);
        operations.forceDirectory(runs);
        return new RunFiles(directory, operations);
    }

    Path directory() {
        return directory;
    }

    Path snapshot() {
        return directory.resolve("snapshot");
    }

    Path task() {
        return directory.resolve("task.json");
    }

    Path events() {
        return directory.resolve("events.jsonl");
    }

    Path log() {
        return directory.resolve("log");
    }

    Path run() {
        return directory.resolve("run.json");
    }

    boolean hasRun() {
        return Files.isRegularFile(run());
    }

    Run readRun() throws IOException {
        return RunJson.read(run(), Run.class);
    }

    void writeRun(Run run) throws IOException {
        RunJson.replace(run(), run, operations);
    }

    void writeTask(RunTask task) throws IOException {
        RunJson.replace(task(), task, operations);
    }

    DurableFile append(Path file) throws IOException {
        return operations.openForAppend(file);
    }

    void truncate(Path file, long size) throws IOException {
        operations.truncate(file, size);
    }

    /** Removes what only a run at work needs. */
    void deleteWork() throws IOException {
        operations.deleteTree(snapshot());
        if (Files.exists(task())) {
            operations.delete(task());
        }
    }

    void delete() throws IOException {
        operations.deleteTree(directory);
    }
}
