package dev.latent.server.interactions;

import dev.latent.interactions.Interaction;
import dev.latent.interactions.InvalidValueException;
import dev.latent.server.errors.FieldChecks;
import dev.latent.v1.WriteInteractionsRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * One checked request of a stream.
 *
 * @param dataset its name
 * @param sequence the client's number
 * @param interactions what to store
 */
record Batch(String dataset, long sequence, List<Interaction> interactions) {

    private static final int MAX_INTERACTIONS = 10_000;
    private static final String DEFAULT_TYPE = "rating";

    /**
     * Checks a request.
     *
     * @param request as it came
     * @param now seconds since 1970 for interactions without a time
     * @throws dev.latent.server.errors.ApiException naming every field at fault
     */
    static Batch of(WriteInteractionsRequest request, long now) {
        FieldChecks checks = new FieldChecks()
                .name("dataset", request.getDataset())
                .atMost("interactions", request.getInteractionsCount(), MAX_INTERACTIONS);
        checks.check();
        List<Interaction> interactions = new ArrayList<>(request.getInteractionsCount());
        for (int index = 0; index < request.getInteractionsCount(); index++) {
            try {
                interactions.add(interaction(request.getInteractions(index), now));
            } catch (InvalidValueException e) {
                checks.require(false, "interactions[" + index + "]." + e.field(), e.reason());
            }
        }
        checks.check();
        return new Batch(request.getDataset(), request.getSequence(), interactions);
    }

    private static Interaction interaction(dev.latent.v1.Interaction message, long now) {
        return new Interaction(
                message.getUserId(),
                message.getItemId(),
                message.hasValue() ? message.getValue() : 1,
                message.hasTime() ? message.getTime().getSeconds() : now,
                message.getType().isEmpty() ? DEFAULT_TYPE : message.getType());
    }
}
