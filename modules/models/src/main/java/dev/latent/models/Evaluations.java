package dev.latent.models;

import dev.latent.storage.CorruptFileException;
import dev.latent.storage.FileOperations;
import dev.latent.storage.JsonFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps evaluations inside the directory of their version, so that they go with it: {@code evaluations/<n>.json}, each
 * sealed by its own checksum. The manifest does not know them: a version stays what it was when it was sealed.
 */
final class Evaluations {

    private static final Logger LOG = LoggerFactory.getLogger(Evaluations.class);
    private static final int FORMAT_VERSION = 1;
    private static final String SUFFIX = ".json";

    private final StoreContext context;

    Evaluations(StoreContext context) {
        this.context = context;
    }

    /**
     * The content of a file.
     *
     * @param formatVersion of the file
     * @param evaluation what it keeps
     */
    record Stored(int formatVersion, VersionEvaluation evaluation) {}

    VersionEvaluation add(String model, int version, String actor, EvaluationFacts facts) {
        context.existingVersion(model, version);
        return context.change(model, () -> {
            ModelDirectory directory = context.existingVersion(model, version);
            Path folder = directory.evaluations(version);
            FileOperations operations = context.operations();
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                operations.createDirectory(folder);
                operations.forceDirectory(directory.version(version));
            }
            List<Integer> numbers = numbers(folder);
            VersionEvaluation evaluation = new VersionEvaluation(
                    Manifest.id(model, version),
                    numbers.isEmpty() ? 1 : numbers.getLast() + 1,
                    context.clock().instant(),
                    actor,
                    facts);
            JsonFiles.replace(
                    file(folder, evaluation.number()),
                    SealedJson.bytesOf(new Stored(FORMAT_VERSION, evaluation)),
                    operations);
            return evaluation;
        });
    }

    /** Returns those that can be read, newest first; the others are for {@code verify} to tell of. */
    List<VersionEvaluation> list(String model, int version) {
        ModelDirectory directory = context.existingVersion(model, version);
        Path folder = directory.evaluations(version);
        return StoreContext.run(model, version, () -> {
            List<VersionEvaluation> evaluations = new ArrayList<>();
            for (int number : numbers(folder)) {
                try {
                    evaluations.add(read(folder, Manifest.id(model, version), number));
                } catch (IOException exception) {
                    LOG.error(
                            "Evaluation {} of version '{}' is left out: {}",
                            number,
                            Manifest.id(model, version),
                            exception.getMessage());
                }
            }
            Collections.reverse(evaluations);
            return evaluations;
        });
    }

    static VersionEvaluation read(Path folder, String version, int number) throws IOException {
        Path file = file(folder, number);
        VersionEvaluation evaluation =
                SealedJson.read(file, FORMAT_VERSION, Stored.class).evaluation();
        if (!evaluation.version().equals(version) || evaluation.number() != number) {
            throw new CorruptFileException(
                    file,
                    "the evaluation's name",
                    evaluation.version() + " " + evaluation.number(),
                    version + " " + number);
        }
        return evaluation;
    }

    private static Path file(Path folder, int number) {
        return folder.resolve(number + SUFFIX);
    }

    /** Whether an entry of the folder is named like an evaluation. */
    static boolean isEvaluation(Path entry) {
        String name = String.valueOf(entry.getFileName());
        return name.endsWith(SUFFIX) && Names.isVersion(name.substring(0, name.length() - SUFFIX.length()));
    }

    static int number(Path entry) {
        String name = String.valueOf(entry.getFileName());
        return Integer.parseInt(name.substring(0, name.length() - SUFFIX.length()));
    }

    /** Returns the numbers that are taken, ascending. */
    private static List<Integer> numbers(Path folder) throws IOException {
        return ModelDirectory.entries(folder).stream()
                .filter(Evaluations::isEvaluation)
                .map(Evaluations::number)
                .sorted(Comparator.naturalOrder())
                .toList();
    }
}
