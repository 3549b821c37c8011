package dev.latent.benchmarks.quality;

import dev.latent.benchmarks.data.InteractionFiles;
import dev.latent.benchmarks.data.NumberedFiles;
import dev.latent.benchmarks.report.UsageException;
import dev.latent.evaluation.Split;
import dev.latent.evaluation.SplitSnapshot;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder of MovieLens data sets as their owners publish them: {@code ml-100k} with {@code u.data} and {@code u1.base}
 * to {@code u5.test}, {@code ml-latest-small} with {@code ratings.csv}; each file gzipped or not.
 *
 * @param root holds one folder a data set
 */
record RatingFolder(Path root) {

    private static final List<String> RATINGS = List.of("u.data", "ratings.csv");

    /** One of the folds that the owners cut: 80,000 ratings to train on, 20,000 to measure with. */
    SplitSnapshot fold(String dataset, int fold, Arena arena) throws IOException {
        Path folder = root.resolve(dataset);
        InteractionFiles reader = new InteractionFiles();
        NumberedFiles both = reader.number(
                reader.read(folder.resolve("u" + fold + ".base")), reader.read(folder.resolve("u" + fold + ".test")));
        return new SplitSnapshot(
                both.files().get(0).pack(both.userCount(), both.itemCount(), arena),
                both.files().get(1).pack(both.userCount(), both.itemCount(), arena));
    }

    /** All ratings, parted by a split. */
    SplitSnapshot split(String dataset, Split split, long seed, Arena arena) throws IOException {
        Path folder = root.resolve(dataset);
        Path file = RATINGS.stream()
                .map(folder::resolve)
                .filter(InteractionFiles::exists)
                .findFirst()
                .orElseThrow(() -> new UsageException("Folder " + folder + " has none of " + RATINGS
                        + ", expected a MovieLens data set as its owners publish it; point --data to its parent"));
        InteractionFiles reader = new InteractionFiles();
        NumberedFiles all = reader.number(reader.read(file));
        return split.apply(all.files().getFirst().pack(all.userCount(), all.itemCount(), arena), seed, arena);
    }
}
