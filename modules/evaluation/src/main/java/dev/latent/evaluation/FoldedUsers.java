package dev.latent.evaluation;

import dev.latent.math.WorkerPool;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import dev.latent.spi.TrainedModel;
import java.lang.foreign.Arena;
import java.util.BitSet;
import java.util.Optional;

/**
 * A model whose users are those who were trained on and those who were shown to it afterwards.
 *
 * @param model scores all of them; needs {@code histories} when it is a scoring model
 * @param histories what each user has, in the training or afterwards
 * @param known the users that it can score: trained on, or folded in
 */
public record FoldedUsers(TrainedModel model, Snapshot histories, BitSet known) {

    private static final int BLOCK_USERS = 64;

    /**
     * Folds users in, by the model's own law; a scoring model scores any history as it is.
     *
     * @param model as it was trained
     * @param train what it was trained on
     * @param foldIn histories of users without interactions in {@code train}
     * @param threads to keep busy
     * @param arena owns the memory of vectors and histories; shared
     * @return scores all users
     */
    public static FoldedUsers of(TrainedModel model, Snapshot train, Snapshot foldIn, int threads, Arena arena) {
        BitSet known = usersOf(train);
        Snapshot histories = union(train, foldIn, arena);
        if (!(model instanceof EmbeddingModel embedding)) {
            known.or(usersOf(foldIn));
            return new FoldedUsers(model, histories, known);
        }
        EmbeddingModel folded = fold(embedding, foldIn.byUser(), known, threads, arena);
        return new FoldedUsers(folded, histories, known);
    }

    /**
     * Takes a model as it is.
     *
     * @param model as it was trained
     * @param train what it was trained on
     * @return scores the users of {@code train}
     */
    public static FoldedUsers none(TrainedModel model, Snapshot train) {
        return new FoldedUsers(model, train, usersOf(train));
    }

    private static BitSet usersOf(Snapshot snapshot) {
        BitSet users = new BitSet(snapshot.userCount());
        for (int user = 0; user < snapshot.userCount(); user++) {
            users.set(user, snapshot.byUser().length(user) > 0);
        }
        return users;
    }

    private static Snapshot union(Snapshot train, Snapshot foldIn, Arena arena) {
        InteractionColumns all = new InteractionColumns();
        add(train.byUser(), all);
        add(foldIn.byUser(), all);
        return all.pack(train.userCount(), train.itemCount(), arena);
    }

    private static void add(SparseRows rows, InteractionColumns all) {
        for (int user = 0; user < rows.rows(); user++) {
            for (long position = rows.start(user); position < rows.end(user); position++) {
                all.add(user, rows.index(position), rows.value(position), rows.time(position));
            }
        }
    }

    private static EmbeddingModel fold(
            EmbeddingModel model, SparseRows foldIn, BitSet known, int threads, Arena arena) {
        FoldInSolver solver = FoldInSolver.of(model);
        EmbeddingModel copy = model.copyTo(arena);
        FloatMatrix biases = copy.userBiases().orElseGet(() -> FloatMatrix.allocate(arena, foldIn.rows(), 1));
        boolean[] found = new boolean[foldIn.rows()];
        try (WorkerPool pool = new WorkerPool(threads)) {
            pool.run(Math.ceilDiv(foldIn.rows(), BLOCK_USERS), (block, _) -> {
                int end = Math.min(foldIn.rows(), (block + 1) * BLOCK_USERS);
                for (int user = block * BLOCK_USERS; user < end; user++) {
                    if (foldIn.length(user) > 0) {
                        Optional<FoldedUser> folded = solver.solve(HistoryScorer.history(foldIn, user));
                        found[user] = folded.isPresent();
                        if (folded.isPresent()) {
                            copy.users().writeRow(user, folded.get().vector(), 0);
                            biases.set(user, 0, folded.get().bias());
                        }
                    }
                }
            });
        }
        for (int user = 0; user < found.length; user++) {
            if (found[user]) {
                known.set(user);
            }
        }
        EmbeddingModel.Builder builder = EmbeddingModel.builder(copy.users(), copy.items())
                .offset(copy.offset())
                .foldIn(copy.foldIn())
                .userBiases(biases);
        copy.itemBiases().ifPresent(builder::itemBiases);
        return builder.build();
    }
}
