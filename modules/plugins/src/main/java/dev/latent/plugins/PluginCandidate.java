package dev.latent.plugins;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A jar, or a folder whose jars belong together, as it lies on disk. Nothing of it has been opened; two candidates of one
 * path are equal when no jar was added, removed, replaced or written to in between.
 *
 * @param path the jar or the folder
 * @param jars sorted by name
 */
record PluginCandidate(Path path, List<Jar> jars) {

    private static final String SUFFIX = ".jar";

    /** What a directory entry tells about a jar. */
    record Jar(
            Path path,
            long size,
            FileTime modified,
            @Nullable Object fileKey,
            boolean readable) {

        private static Jar of(Path path) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Jar(
                    path,
                    attributes.size(),
                    attributes.lastModifiedTime(),
                    attributes.fileKey(),
                    Files.isReadable(path));
        }
    }

    /**
     * Looks at one entry of a plugin directory.
     *
     * @return empty for what is no plugin: hidden files, files of another kind, what has just been deleted
     */
    static Optional<PluginCandidate> find(Path path) throws IOException {
        if (fileName(path).startsWith(".")) {
            return Optional.empty();
        }
        try {
            if (Files.isDirectory(path)) {
                return Optional.of(new PluginCandidate(path, jarsOf(path)));
            }
            return isJar(path) ? Optional.of(new PluginCandidate(path, List.of(Jar.of(path)))) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static List<Jar> jarsOf(Path folder) throws IOException {
        List<Jar> jars = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, PluginCandidate::isJar)) {
            for (Path entry : entries) {
                jars.add(Jar.of(entry));
            }
        }
        jars.sort(Comparator.comparing(jar -> fileName(jar.path())));
        return List.copyOf(jars);
    }

    private static boolean isJar(Path path) {
        String name = fileName(path);
        return name.endsWith(SUFFIX) && !name.startsWith(".") && Files.isRegularFile(path);
    }

    /** The name to show while the manifest is not known. */
    String name() {
        String name = fileName(path);
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    List<Path> jarPaths() {
        return jars.stream().map(Jar::path).toList();
    }

    static String fileName(Path path) {
        return String.valueOf(path.getFileName());
    }
}
