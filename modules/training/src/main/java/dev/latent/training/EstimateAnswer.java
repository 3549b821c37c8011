package dev.latent.training;

import dev.latent.spi.ResourceEstimate;
import java.util.Optional;

/**
 * What a plugin said of a run that is asked for.
 *
 * @param estimate empty when it cannot tell
 * @param advice the hyperparameter to change so that it fits, as a phrase; empty when it fits or none does
 * @param note why there is no estimate; empty when there is one
 */
record EstimateAnswer(Optional<ResourceEstimate> estimate, String advice, String note) {

    static EstimateAnswer unknown(String why) {
        return new EstimateAnswer(Optional.empty(), "", why);
    }
}
