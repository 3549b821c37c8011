package dev.latent.benchmarks.data;

import java.util.List;

/**
 * Files whose users and items are numbered together.
 *
 * @param files one by one, in the order they were given
 * @param userCount users of all files together
 * @param itemCount items of all files together
 */
public record NumberedFiles(List<Interactions> files, int userCount, int itemCount) {

    /** Copies the list. */
    public NumberedFiles {
        files = List.copyOf(files);
    }
}
