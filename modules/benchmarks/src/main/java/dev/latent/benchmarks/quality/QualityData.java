package dev.latent.benchmarks.quality;

import dev.latent.benchmarks.data.InteractionFiles;
import dev.latent.benchmarks.data.Interactions;
import dev.latent.benchmarks.data.NamedInteractions;
import dev.latent.benchmarks.data.NumberedFiles;
import dev.latent.evaluation.Split;
import dev.latent.evaluation.SplitSnapshot;
import dev.latent.spi.Snapshot;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;

/**
 * A folder of data sets, one folder each: {@code interactions.csv.gz} ({@code user_id,item_id,rating,timestamp}) of all rows,
 * and the files of their owners where a protocol is theirs: {@code u1.base} to {@code u5.test} of {@code ml-100k}, and
 * {@code ratings.csv} of {@code ml-latest-small}. Each file gzipped or not.
 *
 * @param root holds one folder a data set
 */
record QualityData(Path root) {

    static final int FOLDS = 5;
    private static final long FOLD_SEED = 42;

    /** One of the folds that the owners cut: 80,000 ratings to train on, 20,000 to measure with. */
    SplitSnapshot officialFold(String dataset, int fold, Arena arena) throws IOException {
        Path folder = root.resolve(dataset);
        InteractionFiles reader = new InteractionFiles();
        return pack(
                reader.number(
                        reader.read(folder.resolve("u" + (fold + 1) + ".base")),
                        reader.read(folder.resolve("u" + (fold + 1) + ".test"))),
                arena);
    }

    /** One of five folds that a permutation of NumPy cuts from the rows in file order. */
    SplitSnapshot seededFold(String dataset, int fold, Arena arena) throws IOException {
        InteractionFiles reader = new InteractionFiles();
        Interactions all = reader.read(root.resolve(dataset).resolve("ratings.csv"));
        int[] order = NumpyGenerator.of(FOLD_SEED).permutation(all.size());
        Interactions train = new Interactions();
        Interactions test = new Interactions();
        for (int row = 0; row < all.size(); row++) {
            (order[row] % FOLDS == fold ? test : train)
                    .add(all.user(row), all.item(row), all.value(row), all.time(row));
        }
        return pack(reader.number(train, test), arena);
    }

    private static SplitSnapshot pack(NumberedFiles both, Arena arena) {
        return new SplitSnapshot(
                both.files().get(0).pack(both.userCount(), both.itemCount(), arena),
                both.files().get(1).pack(both.userCount(), both.itemCount(), arena));
    }

    /** Each user's latest interaction apart from the others. */
    SplitSnapshot leaveLastOut(String dataset, long seed, Arena arena) throws IOException {
        return new Split.LeaveLastOut().apply(interactions(dataset, arena), seed, arena);
    }

    private Snapshot interactions(String dataset, Arena arena) throws IOException {
        NamedInteractions named = NamedInteractions.read(root.resolve(dataset).resolve("interactions.csv"));
        return named.rows().pack(named.users().size(), named.items().size(), arena);
    }
}
