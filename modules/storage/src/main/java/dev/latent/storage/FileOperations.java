package dev.latent.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The one seam for durable file work: everything that creates, changes, renames or removes a file of a home goes through
 * here, so that a test can stop after any step. Reading does not.
 *
 * <p>What is promised: bytes are on the disk after {@link DurableFile#force()}; names are after {@link #forceDirectory} of
 * the directory that holds them. Implementations are safe for use by many threads. An {@link IOException} of a step is
 * final for the operation it belongs to: no step is tried again on the same file.
 */
public interface FileOperations {

    /**
     * Returns the operations of the operating system.
     *
     * @return shared and stateless
     */
    static FileOperations system() {
        return SystemFileOperations.INSTANCE;
    }

    /**
     * Creates one directory.
     *
     * @param directory must not exist; its parent must
     * @throws IOException when it exists or cannot be created
     */
    void createDirectory(Path directory) throws IOException;

    /**
     * Creates a file for writing.
     *
     * @param file must not exist
     * @return open; the caller closes it
     * @throws IOException when it exists or cannot be created
     */
    DurableFile createNewFile(Path file) throws IOException;

    /**
     * Opens a file for writing at its end.
     *
     * @param file is created when absent
     * @return open; the caller closes it
     * @throws IOException when it cannot be opened
     */
    DurableFile openForAppend(Path file) throws IOException;

    /**
     * Forces the content of a file that is closed already.
     *
     * @param file must exist
     * @throws IOException when the disk refuses
     */
    void forceFile(Path file) throws IOException;

    /**
     * Forces the names in a directory.
     *
     * @param directory must exist
     * @throws IOException when the disk refuses
     */
    void forceDirectory(Path directory) throws IOException;

    /**
     * Renames atomically; refuses an existing target. Two movers to one target must exclude each other by a lock.
     *
     * @param from must exist
     * @param to must not exist, on the same file system
     * @throws IOException when it exists or cannot be renamed
     */
    void move(Path from, Path to) throws IOException;

    /**
     * Renames a file atomically over another.
     *
     * @param from must exist
     * @param to is replaced when it exists, on the same file system
     * @throws IOException when it cannot be renamed
     */
    void replace(Path from, Path to) throws IOException;

    /**
     * Shortens a file and forces it.
     *
     * @param file must exist
     * @param size at most its size
     * @throws IOException when it cannot be shortened
     */
    void truncate(Path file, long size) throws IOException;

    /**
     * Takes the permission to write from a file that will not change any more.
     *
     * @param file must exist
     * @throws IOException when the file system refuses
     */
    void makeReadOnly(Path file) throws IOException;

    /**
     * Deletes a file, a link (never what it points at) or an empty directory.
     *
     * @param path must exist
     * @throws IOException when it cannot be deleted
     */
    void delete(Path path) throws IOException;

    /**
     * Deletes a directory and all that is in it, following no links; nothing happens when it does not exist. Made of
     * {@link #delete} steps, deepest first, in the order of names.
     *
     * @param directory what to delete
     * @throws IOException when something in it cannot be deleted
     */
    default void deleteTree(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(directory)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            delete(path);
        }
    }
}
