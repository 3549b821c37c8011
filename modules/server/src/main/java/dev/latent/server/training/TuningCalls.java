package dev.latent.server.training;

import dev.latent.models.ModelDefinition;
import dev.latent.server.errors.FieldChecks;
import dev.latent.server.paging.Pages;
import dev.latent.training.tunings.TuningGoal;
import dev.latent.training.tunings.TuningService;
import dev.latent.training.tunings.TuningSpec;
import dev.latent.v1.GetTuningRequest;
import dev.latent.v1.GetTuningResponse;
import dev.latent.v1.ListTuningsRequest;
import dev.latent.v1.ListTuningsResponse;
import dev.latent.v1.StartRunRequest;
import dev.latent.v1.StartTuningRequest;
import dev.latent.v1.Tuning;
import dev.latent.v1.WatchTuningRequest;
import dev.latent.v1.WatchTuningResponse;
import io.grpc.stub.ServerCallStreamObserver;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The part of the training service that is about searches. */
final class TuningCalls {

    private static final String DEFAULT_METRIC = "ndcg@10";
    private static final int DEFAULT_TRIALS = 20;
    private static final int MOST_TRIALS = 100_000;

    private final TuningService tunings;

    @Inject
    TuningCalls(TuningService tunings) {
        this.tunings = tunings;
    }

    /** The part of a request that it shares with one for a run. */
    static StartRunRequest run(StartTuningRequest request) {
        return StartRunRequest.newBuilder()
                .setModel(request.getModel())
                .setDataset(request.getDataset())
                .setAlgorithm(request.getAlgorithm())
                .putAllHyperparameters(request.getHyperparametersMap())
                .setThreads(request.getThreads())
                .setActor(request.getActor())
                .putAllTypeWeights(request.getTypeWeightsMap())
                .build();
    }

    static void check(StartTuningRequest request) {
        new FieldChecks()
                .require(
                        request.getTrials() >= 0 && request.getTrials() <= MOST_TRIALS,
                        "trials",
                        "is " + request.getTrials() + ", expected 0 to " + MOST_TRIALS)
                .require(!request.hasTime() || request.getTime().getSeconds() > 0, "time", "is shorter than a second")
                .check();
    }

    Tuning start(StartTuningRequest request, ModelDefinition model) {
        TuningGoal goal = new TuningGoal(
                request.getHyperparametersMap(),
                request.getMetric().isEmpty() ? DEFAULT_METRIC : request.getMetric(),
                request.getTrials() == 0 ? DEFAULT_TRIALS : request.getTrials(),
                request.getTime().getSeconds(),
                request.hasSeed() ? request.getSeed() : 1,
                request.getThreads());
        TuningSpec spec = new TuningSpec(
                model.name(),
                model.dataset(),
                request.getAlgorithm().isEmpty() ? model.algorithm() : request.getAlgorithm(),
                goal,
                RunRequests.weights(request.getTypeWeightsMap()),
                request.getKeep(),
                request.getActor().isEmpty() ? "unknown" : request.getActor());
        try {
            return message(tunings.start(spec));
        } catch (IOException e) {
            throw new UncheckedIOException("The search cannot be stored", e);
        } catch (IllegalArgumentException e) {
            new FieldChecks()
                    .require(false, "metric", String.valueOf(e.getMessage()))
                    .check();
            throw e;
        }
    }

    private Tuning message(dev.latent.training.tunings.Tuning tuning) {
        return TuningMessages.tuning(tuning, tunings.news(tuning.id(), 0));
    }

    Tuning resume(String id) {
        return message(tunings.resume(checked(id)));
    }

    Tuning cancel(String id) {
        return message(tunings.cancel(checked(id)));
    }

    GetTuningResponse get(GetTuningRequest request) {
        String id = checked(request.getId());
        return GetTuningResponse.newBuilder()
                .setTuning(message(tunings.get(id)))
                .setReport(request.getWithReport() ? tunings.report(id) : "")
                .build();
    }

    ListTuningsResponse list(ListTuningsRequest request) {
        String model = request.getModel();
        List<dev.latent.training.tunings.Tuning> all = tunings.list().stream()
                .filter(tuning -> model.isEmpty() || tuning.spec().model().equals(model))
                .toList();
        Pages<dev.latent.training.tunings.Tuning> page = Pages.cut(
                all,
                dev.latent.training.tunings.Tuning::id,
                request.getPageSize(),
                request.getPageToken(),
                "searches of " + model);
        return ListTuningsResponse.newBuilder()
                .addAllTunings(page.entries().stream().map(this::message).toList())
                .setNextPageToken(page.nextToken())
                .build();
    }

    void watch(WatchTuningRequest request, ServerCallStreamObserver<WatchTuningResponse> responses) {
        new FieldChecks().notNegative("after_event", request.getAfterEvent()).check();
        new TuningFollower(tunings, checked(request.getId()), request.getAfterEvent(), responses).start();
    }

    private static String checked(String id) {
        new FieldChecks()
                .require(!id.isEmpty(), "id", "is empty, expected the id of a search")
                .check();
        return id;
    }
}
