package dev.latent.interactions;

import java.nio.file.Path;
import java.util.List;

/**
 * What became of an import.
 *
 * @param state imported, refused or found to be there already
 * @param interactions interactions added; of the earlier import when it was there already
 * @param itemRecords item records written; of the earlier import when it was there already
 * @param userRecords user records written; of the earlier import when it was there already
 * @param skippedLines bad lines left out, 0 unless {@link ImportOptions#skipBadLines}
 * @param problemCount all problems
 * @param problems the first of them
 * @param files the names of the files that were read, interactions first
 * @param fingerprint hash of content and options: the same fingerprint is imported once
 */
public record ImportResult(
        State state,
        long interactions,
        long itemRecords,
        long userRecords,
        long skippedLines,
        long problemCount,
        List<ImportProblem> problems,
        List<String> files,
        String fingerprint) {

    /** The ends an import can have. */
    public enum State {
        /** Everything, but for skipped lines, is in the dataset and durable. */
        IMPORTED,
        /** The same content was imported before; nothing was written. */
        ALREADY_IMPORTED,
        /** The problems say why; nothing was written. */
        REFUSED
    }

    /** Copies the lists. */
    public ImportResult {
        problems = List.copyOf(problems);
        files = List.copyOf(files);
    }

    /**
     * Tells of a file, by its name, whether it holds user records and nothing else.
     *
     * @param file one of {@link #files}
     * @return true for {@code users.csv} and the like; such a file is the last
     */
    public static boolean isOfUsers(String file) {
        return ImportSource.of(Path.of(""), file).isOfUsers();
    }

    /**
     * Returns whether nothing was written because the content is there.
     *
     * @return true when it was imported before
     */
    public boolean alreadyImported() {
        return state == State.ALREADY_IMPORTED;
    }
}
