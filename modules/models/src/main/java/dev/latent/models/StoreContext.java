package dev.latent.models;

import dev.latent.storage.CorruptFileException;
import dev.latent.storage.FileOperations;
import dev.latent.storage.StoredFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the parts of a store share.
 *
 * @param root the directory of models
 * @param operations the seam
 * @param clock stamps what is written
 * @param writable false when the store was opened for reading
 * @param locks one a model: whoever changes a model's files holds it
 */
record StoreContext(
        Path root,
        FileOperations operations,
        Clock clock,
        boolean writable,
        ConcurrentHashMap<String, ReentrantLock> locks) {

    /** Work on files. */
    interface Work<T> {
        T run() throws IOException;
    }

    /** Returns the place of a model that must exist. */
    ModelDirectory existing(String model) {
        Names.checkModel(model);
        ModelDirectory directory = ModelDirectory.of(root, model);
        if (!directory.exists()) {
            throw new NotFoundException("model", model, "run 'latent models list' for those there are");
        }
        return directory;
    }

    ModelDirectory existingVersion(String model, int version) {
        ModelDirectory directory = existing(model);
        if (version < 1 || !directory.hasVersion(version)) {
            throw new NotFoundException(
                    "version",
                    Manifest.id(model, version),
                    "run 'latent versions list " + model + "' for those there are");
        }
        return directory;
    }

    /** Runs a change of a model's files while no other runs. */
    <T> T change(String model, Work<T> work) {
        if (!writable) {
            throw new PreconditionException(
                    "Model '" + model + "'",
                    "the store was opened for reading only; ask the server that holds its home");
        }
        ReentrantLock lock = locks.computeIfAbsent(model, key -> new ReentrantLock());
        lock.lock();
        try {
            return run(model, 0, work);
        } finally {
            lock.unlock();
        }
    }

    /** Runs work on files, with errors that name the model and the version (0 for none). */
    static <T> T run(String model, int version, Work<T> work) {
        try {
            return work.run();
        } catch (IOException exception) {
            throw unchecked(model, version, exception);
        }
    }

    static RuntimeException unchecked(String model, int version, IOException exception) {
        String check = version == 0
                ? "run 'latent verify --offline' on its home"
                : "run 'latent versions verify " + model + " " + version + "'";
        return switch (exception) {
            case CorruptFileException corrupt -> new CorruptException(model, version, corrupt, check);
            case StoredFileException other ->
                new IncompatibleException(
                        model, version, other, "use the release of Latent that wrote it, or train the version again");
            default ->
                new UncheckedIOException(
                        "Model '" + model + "'" + (version == 0 ? "" : " version " + version) + ": "
                                + exception.getClass().getSimpleName() + ": " + exception.getMessage()
                                + "; check the disk of the home (space, permissions, health)",
                        exception);
        };
    }
}
