package dev.latent.server.training;

import dev.latent.models.ModelDefinition;
import dev.latent.server.errors.ApiException;
import dev.latent.server.errors.FieldChecks;
import dev.latent.training.EarlyStopping;
import dev.latent.training.TrainingOptions;
import dev.latent.training.TrainingSpec;
import dev.latent.v1.EvaluationSplit;
import dev.latent.v1.StartRunRequest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Checks requests for runs and reads from them what is to be done. */
final class RunRequests {

    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_-]{0,31}");
    private static final int MAX_ACTOR = 256;

    private final TrainingOptions options;

    @Inject
    RunRequests(TrainingOptions options) {
        this.options = options;
    }

    void check(StartRunRequest request) {
        FieldChecks checks = new FieldChecks().name("model", request.getModel());
        if (!request.getDataset().isEmpty()) {
            checks.name("dataset", request.getDataset());
        }
        if (!request.getAlgorithm().isEmpty()) {
            checks.name("algorithm", request.getAlgorithm());
        }
        checks.notNegative("threads", request.getThreads())
                .notNegative("warm_start.version", request.getWarmStart().getVersion())
                .require(
                        request.getThreads() <= options.threads(),
                        "threads",
                        "is " + request.getThreads() + ", expected at most " + options.threads()
                                + ", which this server is configured for")
                .notNegative(
                        "early_stopping.patience", request.getEarlyStopping().getPatience())
                .require(
                        request.getActor().length() <= MAX_ACTOR,
                        "actor",
                        "is longer than " + MAX_ACTOR + " characters")
                .require(
                        request.getRequestId().isEmpty()
                                || UUID.matcher(request.getRequestId()).matches(),
                        "request_id",
                        "is not a UUID");
        checkSplit(checks, request.getSplit());
        request.getTypeWeightsMap().forEach((type, weight) -> checkWeight(checks, type, weight));
        checks.check();
    }

    private static void checkSplit(FieldChecks checks, EvaluationSplit split) {
        double fraction = split.getFraction();
        checks.require(
                        fraction >= 0 && fraction < 1,
                        "split.fraction",
                        "is " + fraction + ", expected above 0 and below 1")
                .require(
                        split.getKind() != EvaluationSplit.Kind.UNRECOGNIZED,
                        "split.kind",
                        "is not known, expected KIND_LEAVE_LAST_OUT, KIND_RANDOM, KIND_TEMPORAL or KIND_NONE");
    }

    private static void checkWeight(FieldChecks checks, String type, double weight) {
        String field = "type_weights[" + (TYPE.matcher(type).matches() ? type : "?") + "]";
        checks.require(TYPE.matcher(type).matches(), field, "names no type, expected " + TYPE)
                .require(
                        Float.isFinite((float) weight) && weight >= 0,
                        field,
                        "is " + weight + ", expected a finite number of at least 0");
    }

    /** The model that a request creates when there is none of its name. */
    static ModelDefinition newModel(StartRunRequest request) {
        if (request.getDataset().isEmpty() || request.getAlgorithm().isEmpty()) {
            throw ApiException.notFound(
                    "model", request.getModel(), "give dataset and algorithm to create it, or check the name");
        }
        return ModelDefinition.of(
                request.getModel(), request.getDataset(), request.getAlgorithm(), request.getHyperparametersMap());
    }

    static TrainingSpec spec(StartRunRequest request, ModelDefinition model) {
        String algorithm = request.getAlgorithm().isEmpty() ? model.algorithm() : request.getAlgorithm();
        TrainingSpec.Builder spec = TrainingSpec.builder(model.name(), model.dataset(), algorithm)
                .seed(request.hasSeed() ? request.getSeed() : 1)
                .threads(request.getThreads())
                .split(split(request.getSplit()))
                .refit(!request.hasRefit() || request.getRefit())
                .requestedBy(request.getActor().isEmpty() ? "unknown" : request.getActor())
                .requestId(request.getRequestId())
                .typeWeights(weights(request.getTypeWeightsMap()));
        if (algorithm.equals(model.algorithm())) {
            spec.hyperparameters(model.hyperparameters());
        }
        spec.hyperparameters(request.getHyperparametersMap());
        if (request.hasWarmStart()) {
            spec.warmStart(request.getWarmStart().getVersion());
        }
        if (request.getEarlyStopping().getPatience() > 0) {
            spec.earlyStopping(new EarlyStopping(
                    request.getEarlyStopping().getMetric(),
                    request.getEarlyStopping().getPatience()));
        }
        return spec.build();
    }

    private static String split(EvaluationSplit split) {
        String fraction = split.getFraction() == 0 ? "" : ":" + split.getFraction();
        return switch (split.getKind()) {
            case KIND_UNSPECIFIED, UNRECOGNIZED -> TrainingSpec.AUTO_SPLIT;
            case KIND_LEAVE_LAST_OUT -> "leave-last-out";
            case KIND_RANDOM -> "random" + fraction;
            case KIND_TEMPORAL -> "temporal" + fraction;
            case KIND_NONE -> TrainingSpec.NO_SPLIT;
        };
    }

    static SortedMap<String, Float> weights(Map<String, Double> asked) {
        SortedMap<String, Float> weights = new TreeMap<>();
        asked.forEach((type, weight) -> weights.put(type, weight.floatValue()));
        return weights;
    }
}
