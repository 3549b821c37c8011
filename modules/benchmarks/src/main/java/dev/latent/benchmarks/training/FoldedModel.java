package dev.latent.benchmarks.training;

import dev.latent.evaluation.FoldInSolver;
import dev.latent.evaluation.FoldedUser;
import dev.latent.math.WorkerPool;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.History;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import java.lang.foreign.Arena;

/** Gives users who were not trained on their vectors, by the model's own law of fold-in. */
final class FoldedModel {

    private static final int BLOCK_USERS = 64;

    private FoldedModel() {}

    /** A model of the same items whose users are those of {@code histories}; one who cannot be folded in scores 0. */
    static EmbeddingModel of(EmbeddingModel model, Snapshot histories, int threads, Arena arena) {
        FoldInSolver solver = FoldInSolver.of(model);
        int count = histories.userCount();
        FloatMatrix users = FloatMatrix.allocate(arena, count, model.rank());
        FloatMatrix biases = FloatMatrix.allocate(arena, count, 1);
        try (WorkerPool pool = new WorkerPool(threads)) {
            pool.run(Math.ceilDiv(count, BLOCK_USERS), (block, _) -> {
                int end = Math.min(count, (block + 1) * BLOCK_USERS);
                for (int user = block * BLOCK_USERS; user < end; user++) {
                    fold(solver, histories.byUser(), user, users, biases);
                }
            });
        }
        EmbeddingModel.Builder builder = EmbeddingModel.builder(users, model.items())
                .userBiases(biases)
                .offset(model.offset())
                .foldIn(model.foldIn());
        model.itemBiases().ifPresent(builder::itemBiases);
        return builder.build();
    }

    private static void fold(FoldInSolver solver, SparseRows rows, int user, FloatMatrix users, FloatMatrix biases) {
        solver.solve(History.of(rows, user)).ifPresent(folded -> write(folded, user, users, biases));
    }

    private static void write(FoldedUser folded, int user, FloatMatrix users, FloatMatrix biases) {
        users.writeRow(user, folded.vector(), 0);
        biases.set(user, 0, folded.bias());
    }
}
