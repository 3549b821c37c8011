package dev.latent.cli.data;

import dev.latent.cli.session.CommandException;
import dev.latent.cli.session.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files to import, by name.
 *
 * @param files at least one
 * @param bytes of all of them
 */
record ImportSource(List<Path> files, long bytes) {

    ImportSource {
        files = List.copyOf(files);
    }

    /** A file itself, or the regular files of a folder that are not hidden. */
    static ImportSource of(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        List<Path> files = Files.isDirectory(path) ? filesOf(path) : List.of(path);
        if (files.isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE, "Folder " + path + " holds no files, expected interactions such as ratings.csv");
        }
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        return new ImportSource(files, bytes);
    }

    private static List<Path> filesOf(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isRegularFile)
                    .filter(file -> !nameOf(file).startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    static String nameOf(Path file) {
        Path name = file.getFileName();
        return name == null ? file.toString() : name.toString();
    }
}
