package dev.latent.server.serving;

import dev.latent.evaluation.FoldInSolver;
import dev.latent.evaluation.FoldedUser;
import dev.latent.server.serving.Subject.Kind;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FoldIn;
import dev.latent.spi.History;
import dev.latent.storage.IdIndex;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The vectors of a version's users: those it was trained on, and how others get one. Immutable and thread-safe. */
final class UserVectors {

    private final IdIndex users;
    private final int[] trainedLengths;
    private final @Nullable EmbeddingModel model;
    private final @Nullable FoldInSolver solver;
    private final Optional<FeatureSums> features;

    private UserVectors(
            IdIndex users,
            int[] trainedLengths,
            @Nullable EmbeddingModel model,
            @Nullable FoldInSolver solver,
            Optional<FeatureSums> features) {
        this.users = users;
        this.trainedLengths = trainedLengths;
        this.model = model;
        this.solver = solver;
        this.features = features;
    }

    /**
     * The vectors of an embedding model.
     *
     * @param users numbers of the users it was trained on
     * @param trainedLengths for each of them the number of items in the history that the vector was trained on; of length
     *     0 when that is not known, as for embeddings made elsewhere
     * @param model their vectors and the law by which others get one
     * @param features places users of whom there are no interactions; empty when the version learnt none
     */
    static UserVectors of(IdIndex users, int[] trainedLengths, EmbeddingModel model, Optional<FeatureSums> features) {
        return new UserVectors(users, trainedLengths, model, FoldInSolver.of(model), features);
    }

    /** The vectors of a model that scores histories: none. */
    static UserVectors none(IdIndex users) {
        return new UserVectors(users, new int[0], null, null, Optional.empty());
    }

    /** The number of a user, or -1. */
    int find(String userId) {
        return users.find(userId);
    }

    /** Whether the model scores histories and needs no vector. */
    boolean scoresHistories() {
        return model == null;
    }

    /** Whether there is a law for users who were not trained on. */
    boolean canFoldIn() {
        return model != null && !(model.foldIn() instanceof FoldIn.None);
    }

    /** Whether the times of a history make a difference to what is recommended. */
    boolean readsTimes() {
        return solver == null || solver.readsTimes();
    }

    /** Whether the user's vector was trained on a history of this many items. */
    boolean isTrainedOn(int user, int historyLength) {
        return user >= 0 && model != null && (trainedLengths.length == 0 || trainedLengths[user] == historyLength);
    }

    /** The subject of a user with a trained vector. */
    Subject trained(int user, History history, int[] seen) {
        EmbeddingModel embeddings = Objects.requireNonNull(model);
        float[] vector = new float[embeddings.rank()];
        embeddings.users().readRow(user, vector, 0);
        float bias = embeddings.userBiases().map(biases -> biases.get(user, 0)).orElse(0f);
        return new Subject(Kind.TRAINED, vector, embeddings.offset() + bias, history, seen);
    }

    /** The subject of a history, when a vector can be found for it. */
    Optional<Subject> foldIn(History history, int[] seen) {
        if (model == null || solver == null || history.size() == 0) {
            return Optional.empty();
        }
        return solver.solve(history).map(folded -> subject(folded, history, seen, model.offset()));
    }

    /** Whether users can be placed by what is known of them. */
    boolean knowsFeatures() {
        return features.isPresent();
    }

    /** The subject of a user of whom features are known, when the version learnt some of them. */
    Optional<Subject> byFeatures(Collection<String> names, History history, int[] seen) {
        float offset = model == null ? 0 : model.offset();
        return features.flatMap(sums -> sums.of(names))
                .map(sum -> new Subject(Kind.FROM_FEATURES, sum.vector(), offset + sum.bias(), history, seen));
    }

    private static Subject subject(FoldedUser folded, History history, int[] seen, float offset) {
        return new Subject(Kind.FOLDED_IN, folded.vector(), offset + folded.bias(), history, seen);
    }
}
