package dev.latent.evaluation;

import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.Snapshot;
import dev.latent.spi.TrainedModel;

/** Makes the workspaces of threads that find lists. */
@FunctionalInterface
interface ListSource {

    /** How many slices of cases are worth finding together. */
    default int slices() {
        return 1;
    }

    /**
     * Makes one.
     *
     * @param needs what is asked of the lists
     * @param cases room for so many, a multiple of {@link TopLists#SLICE}
     */
    TopLists open(ListNeeds needs, int cases);

    /**
     * Lists of a model.
     *
     * @param histories what each user has
     * @param isWhole whether all lists are over the whole catalogue
     */
    static ListSource of(TrainedModel model, Snapshot histories, boolean isWhole) {
        return isWhole && model instanceof EmbeddingModel embedding && embedding.rank() > 0
                ? BlockedLists.source(embedding, histories.byUser())
                : of(Scorer.of(model, histories), histories);
    }

    /** Lists by scores. */
    static ListSource of(Scorer scorer, Snapshot histories) {
        return (needs, _) -> new ScoredLists(scorer, histories.byUser(), needs);
    }

    /** Lists of the order that is the same for everybody. */
    static ListSource of(PopularityBaseline baseline, Snapshot histories) {
        return (needs, _) -> new PopularLists(baseline, histories.byUser(), needs);
    }
}
