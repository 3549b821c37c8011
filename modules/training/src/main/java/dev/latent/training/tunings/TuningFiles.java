package dev.latent.training.tunings;

import dev.latent.storage.FileOperations;
import dev.latent.training.RunJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of one search, {@code runs/<id>/}: {@code tuning.json} (the search, durable), {@code journal.jsonl} (from which
 * it goes on) and {@code report.html} outlive it; {@code snapshot/} and {@code task.json} stay until it needs no resuming.
 */
final class TuningFiles {

    private final Path directory;
    private final FileOperations operations = FileOperations.system();

    TuningFiles(Path directory) {
        this.directory = directory;
    }

    static TuningFiles create(Path parent, String id) throws IOException {
        TuningFiles files = new TuningFiles(parent.resolve(id));
        files.operations.createDirectory(files.directory);
        files.operations.forceDirectory(parent);
        return files;
    }

    String id() {
        return String.valueOf(directory.getFileName());
    }

    Path directory() {
        return directory;
    }

    Path tuning() {
        return directory.resolve("tuning.json");
    }

    Path task() {
        return directory.resolve("task.json");
    }

    Path snapshot() {
        return directory.resolve("snapshot");
    }

    Path journal() {
        return directory.resolve("journal.jsonl");
    }

    Path report() {
        return directory.resolve("report.html");
    }

    Path crashLog() {
        return directory.resolve("crash.log");
    }

    void write(Tuning tuning) throws IOException {
        RunJson.replace(tuning(), tuning, operations);
    }

    void write(TuningTask task) throws IOException {
        RunJson.replace(task(), task, operations);
    }

    /** Removes what only a search that goes on needs. */
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
