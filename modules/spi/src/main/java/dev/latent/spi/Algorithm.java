package dev.latent.spi;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A way to turn interactions into a model; the one interface that a plugin implements.
 *
 * <p>The host finds it by {@link java.util.ServiceLoader}, so an implementation is public and has a public constructor
 * without parameters that does nothing slow. One instance serves the life of the plugin and several runs at a time:
 * implementations hold no state of a run.
 */
public interface Algorithm {

    /**
     * Returns the name by which runs choose this algorithm.
     *
     * @return {@code [a-z][a-z0-9-]*}, at most 32 characters, unique among the loaded plugins
     */
    String name();

    /**
     * Returns what this algorithm is, for {@code latent algorithms describe}.
     *
     * @return one or two sentences
     */
    String description();

    /**
     * Declares the hyperparameters: the help of the command line, the search space of the tuner and the validation of a
     * request all read this one list.
     *
     * @return declarations with distinct names, in the order in which they are shown
     */
    List<Hyperparameter> hyperparameters();

    /**
     * Tells what a tuner should try: the hyperparameters worth searching, each declared again by its name with the range
     * that pays, inside the accepted one. A range of a few numbers may be declared as the choices of an
     * {@link Hyperparameter.OfChoice} whose texts the accepted range takes, for example {@code 32}, {@code 64}, {@code
     * 128}. The default of such a declaration stands for values outside its range, such as an automatic 0.
     *
     * @param base complete and within the declared ranges: what was fixed by the user, and the defaults. The answer may
     *     depend on it, for example on the loss; hyperparameters that the user fixed may be in it and are left out
     * @return by default all hyperparameters in their accepted ranges
     */
    default List<Hyperparameter> searchSpace(Hyperparameters base) {
        return hyperparameters();
    }

    /**
     * Tells what a tuner should try on some data, where that depends on it: no more factors than there are items, no law
     * for values that are all alike.
     *
     * @param base as for {@link #searchSpace(Hyperparameters)}
     * @param snapshot what the trials learn from; read only, and cheaply
     * @return by default what is to be tried on any data
     */
    default List<Hyperparameter> searchSpace(Hyperparameters base, Snapshot snapshot) {
        return searchSpace(base);
    }

    /**
     * Names settings that have done well on other data, best first: a tuner tries them right after the defaults, and
     * proposes its own from what came of them.
     *
     * @param base as for {@link #searchSpace(Hyperparameters)}
     * @param snapshot as for {@link #searchSpace(Hyperparameters, Snapshot)}
     * @return values by name, each of a hyperparameter of the search space and within its range; what is searched and not
     *     named keeps its value in {@code base}. By default none
     */
    default List<Map<String, String>> startingPoints(Hyperparameters base, Snapshot snapshot) {
        return List.of();
    }

    /**
     * Tells what a model trained with the given hyperparameters predicts.
     *
     * @param hyperparameters complete and within the declared ranges
     * @return the task, by which the host chooses the measures of the holdout
     */
    Task task(Hyperparameters hyperparameters);

    /**
     * Estimates what a run would need, before anything is trained. The host refuses a run that cannot fit, and shows the
     * estimate on {@code --dry-run}.
     *
     * @param shape of the snapshot
     * @param hyperparameters complete and within the declared ranges
     * @param threads at least 1
     * @return bytes in long arithmetic, saturating at {@link Long#MAX_VALUE}; empty when the algorithm cannot tell. May
     *     time its kernels for at most a few seconds to tell the time of a sweep
     */
    default Optional<ResourceEstimate> estimate(SnapshotShape shape, Hyperparameters hyperparameters, int threads) {
        return Optional.empty();
    }

    /**
     * Trains a model.
     *
     * <p>The same snapshot, hyperparameters and seed give the same bytes at any {@link TrainingContext#threads()}. An
     * implementation calls {@link TrainingListener#checkCancelled()} at least a few times a second, and
     * {@link TrainingListener#sweep} after each pass over the data. A snapshot may be empty, or hold one user or one item.
     *
     * @param context what to train on; the memory of its arena lives until the host has stored the model
     * @param listener hears of progress and says when to stop
     * @return the model; every number in it finite
     * @throws TrainingCancelledException when the listener says so
     * @throws TrainingFailedException when no usable model came out, naming the hyperparameter to change
     */
    TrainedModel train(TrainingContext context, TrainingListener listener);

    /**
     * Opens a {@link ScoringModel} from the sections that its {@link ScoringModel#write} wrote. Algorithms that only train
     * {@link EmbeddingModel}s keep this default, since the host opens those by itself.
     *
     * @param sections the pieces of a sealed version; they stay valid as long as the model is used
     * @return a model that scores exactly as the one that was written
     * @throws IOException when a section is missing or not of the expected shape
     */
    default ScoringModel reopen(SectionReader sections) throws IOException {
        throw new UnsupportedOperationException("Algorithm '" + name() + "' trains no scoring models");
    }
}
