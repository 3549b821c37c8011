package dev.latent.plugins;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directories in which plugins lie. Not thread-safe. */
final class PluginDirectories {

    private static final Logger LOG = LoggerFactory.getLogger(PluginDirectories.class);

    private final List<Path> directories;
    private final Map<Path, List<PluginCandidate>> listed = new HashMap<>();
    private final Map<Path, String> complaints = new HashMap<>();

    PluginDirectories(List<Path> directories) {
        this.directories = directories.stream()
                .map(directory -> directory.toAbsolutePath().normalize())
                .distinct()
                .toList();
    }

    /**
     * Lists what lies there now. A directory that does not exist holds nothing; one that cannot be listed counts as
     * unchanged, so that an unreadable disk unloads no plugin.
     *
     * @return in the order of the directories, then by file name
     */
    List<PluginCandidate> list() {
        List<PluginCandidate> all = new ArrayList<>();
        for (Path directory : directories) {
            try {
                listed.put(directory, list(directory));
                complaints.remove(directory);
            } catch (IOException e) {
                complain(directory, e);
            }
            all.addAll(listed.getOrDefault(directory, List.of()));
        }
        return all;
    }

    private static List<PluginCandidate> list(Path directory) throws IOException {
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            entries.forEach(paths::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        Collections.sort(paths);
        List<PluginCandidate> candidates = new ArrayList<>();
        for (Path path : paths) {
            PluginCandidate.find(path).ifPresent(candidates::add);
        }
        return candidates;
    }

    private void complain(Path directory, IOException problem) {
        if (!problem.toString().equals(complaints.put(directory, problem.toString()))) {
            LOG.warn("Plugin directory {} cannot be listed; its plugins stay as they were", directory, problem);
        }
    }
}
