package dev.latent.server.models;

import dev.latent.server.errors.ApiException;
import dev.latent.server.errors.FieldChecks;
import dev.latent.spi.Confidence;
import dev.latent.spi.FoldIn;
import dev.latent.v1.RidgeFoldIn;
import dev.latent.v1.VersionImportOptions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What an import goes into, and how it will be served.
 *
 * @param model its name
 * @param dataset as given; empty for the model's
 * @param offset as given
 * @param foldIn how users without a vector get one
 * @param actor who asks
 * @param requestId empty when there is none
 */
record VersionImportOrder(
        String model, String dataset, Optional<Float> offset, FoldIn foldIn, String actor, String requestId) {

    /** The setting of a version that holds the request that published it. */
    static final String REQUEST_ID = "request-id";

    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final int MAX_ACTOR = 256;

    static VersionImportOrder of(VersionImportOptions message) {
        FieldChecks checks = new FieldChecks().name("options.model", message.getModel());
        if (!message.getDataset().isEmpty()) {
            checks.name("options.dataset", message.getDataset());
        }
        checks.require(
                        Float.isFinite(message.getOffset()),
                        "options.offset",
                        "is " + message.getOffset() + ", expected a finite number")
                .require(
                        message.getActor().length() <= MAX_ACTOR,
                        "options.actor",
                        "is longer than " + MAX_ACTOR + " characters")
                .require(
                        message.getRequestId().isEmpty()
                                || UUID.matcher(message.getRequestId()).matches(),
                        "options.request_id",
                        "is not a UUID")
                .check();
        return new VersionImportOrder(
                message.getModel(),
                message.getDataset(),
                message.hasOffset() ? Optional.of(message.getOffset()) : Optional.empty(),
                message.hasFoldIn() ? ridge(message.getFoldIn()) : new FoldIn.None(),
                message.getActor().isEmpty() ? "unknown" : message.getActor(),
                message.getRequestId());
    }

    private static FoldIn ridge(RidgeFoldIn message) {
        double alpha = message.getAlpha();
        checkWeight("unobserved_weight", message.getUnobservedWeight());
        checkWeight("regularization", message.getRegularization());
        checkWeight("alpha", alpha);
        if (message.getRegularization() == 0 && message.getUnobservedWeight() == 0) {
            throw ApiException.invalid(
                    "options.fold_in.regularization",
                    "is 0 and so is unobserved_weight, expected one of them above 0: a user with fewer interactions than"
                            + " factors would have no vector");
        }
        return new FoldIn.Ridge(
                message.getUnobservedWeight(),
                message.getRegularization(),
                0,
                new Confidence.Linear(alpha),
                Double.NEGATIVE_INFINITY,
                FoldIn.Target.ONE,
                false);
    }

    private static void checkWeight(String field, double value) {
        if (!(value >= 0 && Double.isFinite(value))) {
            throw ApiException.invalid(
                    "options.fold_in." + field, "is " + value + ", expected a finite number of at least 0");
        }
    }

    /** What the version's manifest keeps of it. */
    Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        offset.ifPresent(value -> settings.put("offset", Float.toString(value)));
        if (foldIn instanceof FoldIn.Ridge ridge) {
            settings.put("fold-in", "ridge");
            settings.put("unobserved-weight", Double.toString(ridge.unobservedWeight()));
            settings.put("regularization", Double.toString(ridge.regularization()));
            if (ridge.confidence() instanceof Confidence.Linear linear) {
                settings.put("alpha", Double.toString(linear.alpha()));
            }
        }
        if (!requestId.isEmpty()) {
            settings.put(REQUEST_ID, requestId);
        }
        return settings;
    }
}
