package dev.latent.interactions;

import dev.latent.storage.FileOperations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of one import while it runs, on the store's file system; gone when it is closed. */
final class ImportFolder implements AutoCloseable {

    private static final String PARENT = "loading";

    private final Path directory;

    private ImportFolder(Path directory) {
        this.directory = directory;
    }

    static ImportFolder create(Path store) throws IOException {
        Path parent = Files.createDirectories(store.resolve(PARENT));
        return new ImportFolder(Files.createTempDirectory(parent, "import-"));
    }

    /** Removes what imports left that were killed. */
    static void removeLeftovers(Path store) throws IOException {
        FileOperations.system().deleteTree(store.resolve(PARENT));
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    @Override
    public void close() throws IOException {
        FileOperations.system().deleteTree(directory);
    }
}
