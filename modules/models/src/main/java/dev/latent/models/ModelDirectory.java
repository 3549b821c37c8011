package dev.latent.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a model's files are.
 *
 * <pre>
 * &lt;root&gt;/&lt;model&gt;/model.json            the definition
 *                 ledger.jsonl          the truth about aliases ({@link LedgerFile})
 *                 aliases.json          what the ledger comes to ({@link AliasTable})
 *                 numbers.json          the highest version number ever given
 *                 versions/&lt;n&gt;/         a sealed version: manifest.json and *.section
 *                 versions/&lt;n&gt;/evaluations/  what was measured of it since ({@link Evaluations})
 *                 versions/.pending-*   a version in the making, or litter after a stop
 *                 versions/.trash-*     a version being deleted, or litter after a stop
 * </pre>
 *
 * @param path of the model
 * @param name of the model
 */
record ModelDirectory(Path path, String name) {

    static final String PENDING_PREFIX = ".pending-";
    static final String TRASH_PREFIX = ".trash-";
    static final String EVALUATIONS = "evaluations";

    static ModelDirectory of(Path root, String name) {
        return new ModelDirectory(root.resolve(name), name);
    }

    boolean exists() {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    Path definition() {
        return path.resolve("model.json");
    }

    Path ledger() {
        return path.resolve("ledger.jsonl");
    }

    Path aliases() {
        return path.resolve("aliases.json");
    }

    Path numbers() {
        return path.resolve("numbers.json");
    }

    Path versions() {
        return path.resolve("versions");
    }

    Path version(int number) {
        return versions().resolve(Integer.toString(number));
    }

    Path evaluations(int number) {
        return version(number).resolve(EVALUATIONS);
    }

    static Path manifest(Path version) {
        return version.resolve("manifest.json");
    }

    /** Tells whether a version is there, by the one rule: a directory with a number for a name and a manifest in it. */
    boolean hasVersion(int number) {
        return isVersion(version(number));
    }

    static boolean isVersion(Path directory) {
        return Names.isVersion(String.valueOf(directory.getFileName()))
                && Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                && Files.exists(manifest(directory), LinkOption.NOFOLLOW_LINKS);
    }

    /** Returns the numbers of the versions that are there, ascending. */
    List<Integer> versionNumbers() throws IOException {
        List<Integer> numbers = new ArrayList<>();
        for (Path entry : entries(versions())) {
            if (isVersion(entry)) {
                numbers.add(Integer.valueOf(entry.getFileName().toString()));
            }
        }
        Collections.sort(numbers);
        return numbers;
    }

    /** Returns what is in a directory, in the order of names; nothing when it does not exist. */
    static List<Path> entries(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        }
    }

    static boolean isLitter(Path entry) {
        String name = entry.getFileName().toString();
        return name.startsWith(PENDING_PREFIX) || name.startsWith(TRASH_PREFIX);
    }
}
