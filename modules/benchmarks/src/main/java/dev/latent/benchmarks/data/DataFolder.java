package dev.latent.benchmarks.data;

import dev.latent.evaluation.Split;
import dev.latent.evaluation.SplitSnapshot;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what to train on from a path: a folder with {@code train.csv} and {@code test.csv}, and {@code foldin.csv} when the
 * test users are not those of the training; or one file, of which a tenth of each user's rows is held out.
 */
public final class DataFolder {

    private static final double HELD_OUT = 0.1;

    private DataFolder() {}

    /**
     * Reads a path.
     *
     * @param path a folder or a file
     * @param seed of the split, when there is one to make
     * @param arena owns the memory of the snapshots
     * @return the data
     * @throws IOException when a file is absent or cannot be read
     */
    public static TrainingData read(Path path, long seed, Arena arena) throws IOException {
        if (!Files.isDirectory(path)) {
            return split(path, seed, arena);
        }
        return InteractionFiles.exists(path.resolve("foldin.csv")) ? heldOutUsers(path, arena) : given(path, arena);
    }

    private static TrainingData split(Path file, long seed, Arena arena) throws IOException {
        InteractionFiles reader = new InteractionFiles();
        NumberedFiles all = reader.number(reader.read(file));
        Split split = new Split.Random(HELD_OUT);
        SplitSnapshot parts =
                split.apply(all.files().getFirst().pack(all.userCount(), all.itemCount(), arena), seed, arena);
        return new TrainingData(
                file.toString(), split + " seed " + seed, parts.train(), Optional.empty(), parts.test(), Map.of());
    }

    private static TrainingData given(Path folder, Arena arena) throws IOException {
        InteractionFiles reader = new InteractionFiles();
        NumberedFiles both =
                reader.number(reader.read(folder.resolve("train.csv")), reader.read(folder.resolve("test.csv")));
        return new TrainingData(
                folder.toString(),
                "given",
                both.files().get(0).pack(both.userCount(), both.itemCount(), arena),
                Optional.empty(),
                both.files().get(1).pack(both.userCount(), both.itemCount(), arena),
                Map.of());
    }

    /** Users of the fold-in and the test are numbered apart from those of the training. */
    private static TrainingData heldOutUsers(Path folder, Arena arena) throws IOException {
        InteractionFiles reader = new InteractionFiles();
        NumberedFiles all = reader.number(
                reader.read(folder.resolve("train.csv")),
                reader.read(folder.resolve("foldin.csv")),
                reader.read(folder.resolve("test.csv")));
        int trainUsers = users(all.files().get(0));
        int heldUsers = all.userCount() - trainUsers;
        Map<String, Double> facts = new LinkedHashMap<>();
        facts.put("held_out_users", (double) heldUsers);
        return new TrainingData(
                folder.toString(),
                "strong-generalization",
                all.files().get(0).pack(trainUsers, all.itemCount(), arena),
                Optional.of(shifted(all.files().get(1), trainUsers).pack(heldUsers, all.itemCount(), arena)),
                shifted(all.files().get(2), trainUsers).pack(heldUsers, all.itemCount(), arena),
                facts);
    }

    private static int users(Interactions rows) {
        int limit = 0;
        for (int row = 0; row < rows.size(); row++) {
            limit = Math.max(limit, rows.user(row) + 1);
        }
        return limit;
    }

    private static Interactions shifted(Interactions rows, int trainUsers) {
        Interactions shifted = new Interactions();
        for (int row = 0; row < rows.size(); row++) {
            if (rows.user(row) < trainUsers) {
                throw new IllegalArgumentException(
                        "User number " + rows.user(row) + " is in foldin.csv or test.csv and not above all users of"
                                + " train.csv, expected held-out users with ids above those of training");
            }
            shifted.add(rows.user(row) - trainUsers, rows.item(row), rows.value(row), rows.time(row));
        }
        return shifted;
    }
}
