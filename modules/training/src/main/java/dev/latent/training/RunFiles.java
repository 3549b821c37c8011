package dev.latent.training;

import dev.latent.storage.DurableFile;
import dev.latent.storage.FileOperations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of one run, {@code runs/<id>/}: {@code run.json} (the run, durable), {@code events.jsonl} (one event a line)
 * and {@code log} outlive it; {@code task.json} and {@code result.json} do not.
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

    Path result() {
        return directory.resolve("result.json");
    }

    boolean hasResult() {
        return Files.isRegularFile(result());
    }

    WorkResult readResult() throws IOException {
        return RunJson.read(result(), WorkResult.class);
    }

    /** Keeps what a version that is about to be published was measured at, until the run says so. */
    void writeResult(WorkResult result) throws IOException {
        RunJson.replace(result(), result, operations);
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
        for (Path file : List.of(task(), result())) {
            if (Files.exists(file)) {
                operations.delete(file);
            }
        }
    }

    void delete() throws IOException {
        operations.deleteTree(directory);
    }
}
