package dev.latent.evaluation;

import dev.latent.math.WorkerPool;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.History;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import dev.latent.spi.TrainedModel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.Optional;

/**
 * A model whose users are those who were trained on and those who were shown to it afterwards.
 *
 * @param model scores all of them; needs {@code histories} when it is a scoring model
 * @param histories what each user has, in the training or afterwards
 * @param known the users that it can score: trained on, placed by features that the model learnt, or folded in
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
        BitSet known = usersOf(model, train);
        Snapshot histories = union(train, foldIn, arena);
        if (!(model instanceof EmbeddingModel embedding)) {
            known.or(usersOf(foldIn));
            return new FoldedUsers(model, histories, known);
        }
        EmbeddingModel folded = fold(embedding, foldIn.byUser(), 0, known, threads, arena);
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
        return new FoldedUsers(model, train, usersOf(model, train));
    }

    /** Who was trained on, and who has features that the model learnt: their rows hold what those add up to. */
    private static BitSet usersOf(TrainedModel model, Snapshot train) {
        BitSet users = usersOf(train);
        if (model instanceof EmbeddingModel embedding
                && embedding.userFeatureFactors().isPresent()) {
            train.userFeatures().ifPresent(features -> {
                for (int user = 0; user < features.rows(); user++) {
                    users.set(user, users.get(user) || features.length(user) > 0);
                }
            });
        }
        return users;
    }

    /**
     * Returns which items the model places by features alone: they have no interaction in the training, and the model learnt
     * features that they have.
     *
     * @param train what it was trained on
     * @return by number
     */
    public BitSet itemsByFeatures(Snapshot train) {
        BitSet items = new BitSet(train.itemCount());
        if (model instanceof EmbeddingModel embedding
                && embedding.itemFeatureFactors().isPresent()) {
            train.itemFeatures().ifPresent(features -> {
                for (int item = 0; item < features.rows(); item++) {
                    items.set(item, train.byItem().length(item) == 0 && features.length(item) > 0);
                }
            });
        }
        return items;
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

    /**
     * Takes a model with fewer users than there are histories, and folds in the others by its own law; a scoring model
     * scores any history as it is.
     *
     * @param model of the first users
     * @param histories of all users, with items of the model alone
     * @param own how many users the model has
     * @param threads to keep busy
     * @param arena owns the memory of vectors; shared
     * @return scores all users who have a history, and with embeddings the model's own in any case
     */
    public static FoldedUsers beyond(TrainedModel model, Snapshot histories, int own, int threads, Arena arena) {
        if (!(model instanceof EmbeddingModel embedding)) {
            return new FoldedUsers(model, histories, usersOf(histories));
        }
        BitSet known = new BitSet(histories.userCount());
        known.set(0, own);
        return own == histories.userCount()
                ? new FoldedUsers(model, histories, known)
                : new FoldedUsers(fold(embedding, histories.byUser(), own, known, threads, arena), histories, known);
    }

    /** A model with a row for each history: those from the first on are folded in, those before are the model's. */
    private static EmbeddingModel fold(
            EmbeddingModel model, SparseRows histories, int first, BitSet known, int threads, Arena arena) {
        FoldInSolver solver = FoldInSolver.of(model);
        FloatMatrix users = extend(model.users(), histories.rows(), arena);
        FloatMatrix biases = model.userBiases()
                .map(own -> extend(own, histories.rows(), arena))
                .orElseGet(() -> FloatMatrix.allocate(arena, histories.rows(), 1));
        boolean[] found = new boolean[histories.rows()];
        try (WorkerPool pool = new WorkerPool(threads)) {
            pool.run(Math.ceilDiv(histories.rows() - first, BLOCK_USERS), (block, _) -> {
                int start = first + block * BLOCK_USERS;
                for (int user = start; user < Math.min(histories.rows(), start + BLOCK_USERS); user++) {
                    if (histories.length(user) > 0) {
                        Optional<FoldedUser> folded = solver.solve(History.of(histories, user));
                        found[user] = folded.isPresent();
                        if (folded.isPresent()) {
                            users.writeRow(user, folded.get().vector(), 0);
                            biases.set(user, 0, folded.get().bias());
                        }
                    }
                }
            });
        }
        for (int user = first; user < found.length; user++) {
            if (found[user]) {
                known.set(user);
            }
        }
        EmbeddingModel.Builder builder = EmbeddingModel.builder(users, model.items())
                .offset(model.offset())
                .foldIn(model.foldIn())
                .userBiases(biases);
        model.itemBiases().ifPresent(builder::itemBiases);
        model.itemFeatureFactors().ifPresent(builder::itemFeatureFactors);
        model.itemFeatureBiases().ifPresent(builder::itemFeatureBiases);
        return builder.build();
    }

    private static FloatMatrix extend(FloatMatrix matrix, int rows, Arena arena) {
        FloatMatrix extended = FloatMatrix.allocate(arena, rows, matrix.columns());
        MemorySegment own = matrix.segment();
        MemorySegment.copy(own, 0, extended.segment(), 0, own.byteSize());
        return extended;
    }
}
