package dev.latent.server.models;

import dev.latent.models.EvaluationFacts;
import dev.latent.models.EvaluationFacts.Basis;
import dev.latent.models.VersionEvaluation;
import dev.latent.v1.Baseline;
import dev.latent.v1.EvaluationPart;
import dev.latent.v1.MetricEstimate;
import dev.latent.v1.ModelVersionEvaluation;
import java.util.Optional;

/** Translates evaluations into the contract. */
final class EvaluationMessages {

    private EvaluationMessages() {}

    static ModelVersionEvaluation evaluation(VersionEvaluation evaluation) {
        EvaluationFacts facts = evaluation.facts();
        ModelVersionEvaluation.Builder message = ModelVersionEvaluation.newBuilder()
                .setVersion(evaluation.version())
                .setNumber(evaluation.number())
                .setSubject(
                        switch (facts.subject()) {
                            case VERSION -> ModelVersionEvaluation.Subject.SUBJECT_VERSION;
                            case ALGORITHM -> ModelVersionEvaluation.Subject.SUBJECT_ALGORITHM;
                        })
                .setProtocol(facts.protocol())
                .setSplit(facts.split())
                .setSeed(facts.seed())
                .setUsers(facts.users())
                .setBasis(basis(facts.leakage().basis()))
                .putAllDenominators(facts.denominators())
                .putAllDefinitions(facts.definitions())
                .addAllNotes(facts.notes())
                .setSeconds(facts.duration().seconds())
                .setTrainingSeconds(facts.duration().trainingSeconds())
                .setCreateTime(ModelMessages.time(evaluation.created()))
                .setActor(evaluation.actor());
        if (facts.leakage().basis() != Basis.UNKNOWN) {
            message.setSeenInTraining(facts.leakage().share());
        }
        facts.metrics().forEach((name, value) -> message.addMetrics(estimate(facts, name, value)));
        facts.baselines()
                .forEach((name, metrics) ->
                        message.addBaselines(Baseline.newBuilder().setName(name).putAllMetrics(metrics)));
        facts.parts()
                .forEach(part -> message.addParts(EvaluationPart.newBuilder()
                        .setKind(part.kind())
                        .setName(part.name())
                        .putAllMetrics(part.metrics())));
        return message.build();
    }

    private static MetricEstimate estimate(EvaluationFacts facts, String name, double value) {
        MetricEstimate.Builder estimate =
                MetricEstimate.newBuilder().setName(name).setValue(value);
        Optional.ofNullable(facts.intervals().get(name))
                .ifPresent(interval -> estimate.setLow(interval.low()).setHigh(interval.high()));
        return estimate.build();
    }

    private static ModelVersionEvaluation.Basis basis(Basis basis) {
        return switch (basis) {
            case HELD_OUT -> ModelVersionEvaluation.Basis.BASIS_HELD_OUT;
            case EXACT -> ModelVersionEvaluation.Basis.BASIS_EXACT;
            case BY_TIME -> ModelVersionEvaluation.Basis.BASIS_BY_TIME;
            case UNKNOWN -> ModelVersionEvaluation.Basis.BASIS_UNKNOWN;
        };
    }
}
