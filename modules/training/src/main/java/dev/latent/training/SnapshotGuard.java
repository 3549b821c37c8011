package dev.latent.training;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the files of a snapshot were when a run began, so that a change under the run is told as what it is, instead of a
 * fault of whoever reads the mapped files.
 *
 * @param directory of the snapshot
 * @param files by name
 */
record SnapshotGuard(Path directory, Map<String, State> files) {

    /** Size and time of a file. */
    record State(long size, FileTime modified) {}

    static SnapshotGuard of(Path directory) throws IOException {
        return new SnapshotGuard(directory, states(directory));
    }

    private static Map<String, State> states(Path directory) throws IOException {
        Map<String, State> states = new TreeMap<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
            for (Path path : paths) {
                BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
                states.put(path.getFileName().toString(), new State(attributes.size(), attributes.lastModifiedTime()));
            }
        }
        return states;
    }

    /**
     * Checks that the files are what they were.
     *
     * @throws RunFailureException naming the file that is not
     */
    void check() {
        Map<String, State> now;
        try {
            now = states(directory);
        } catch (IOException e) {
            throw new RunFailureException(changed("the directory cannot be read: " + e), e);
        }
        files.forEach((name, before) -> {
            State after = now.get(name);
            if (after == null) {
                throw new RunFailureException(changed(name + " is gone"));
            }
            if (!after.equals(before)) {
                throw new RunFailureException(changed(name + " has " + after.size() + " bytes of " + after.modified()
                        + ", had " + before.size() + " of " + before.modified()));
            }
        });
    }

    private String changed(String how) {
        return "The snapshot " + directory + " was changed while the run worked on it: " + how
                + "; nothing was published. Find out who writes there, then start the run again";
    }
}
