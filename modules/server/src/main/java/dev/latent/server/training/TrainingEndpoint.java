package dev.latent.server.training;

import dev.latent.models.AlreadyExistsException;
import dev.latent.models.ModelDefinition;
import dev.latent.models.ModelStore;
import dev.latent.server.errors.ApiException;
import dev.latent.server.errors.FieldChecks;
import dev.latent.server.paging.Pages;
import dev.latent.server.serving.ServingModels;
import dev.latent.training.Run;
import dev.latent.training.RunEstimate;
import dev.latent.training.TrainingService;
import dev.latent.training.TrainingSpec;
import dev.latent.v1.CancelRunRequest;
import dev.latent.v1.CancelRunResponse;
import dev.latent.v1.CancelTuningRequest;
import dev.latent.v1.CancelTuningResponse;
import dev.latent.v1.EstimateRunRequest;
import dev.latent.v1.EstimateRunResponse;
import dev.latent.v1.GetRunRequest;
import dev.latent.v1.GetRunResponse;
import dev.latent.v1.GetTuningRequest;
import dev.latent.v1.GetTuningResponse;
import dev.latent.v1.ListRunsRequest;
import dev.latent.v1.ListRunsResponse;
import dev.latent.v1.ListTuningsRequest;
import dev.latent.v1.ListTuningsResponse;
import dev.latent.v1.ResumeTuningRequest;
import dev.latent.v1.ResumeTuningResponse;
import dev.latent.v1.StartRunRequest;
import dev.latent.v1.StartRunResponse;
import dev.latent.v1.StartTuningRequest;
import dev.latent.v1.StartTuningResponse;
import dev.latent.v1.TrainingServiceGrpc.TrainingServiceImplBase;
import dev.latent.v1.WatchRunRequest;
import dev.latent.v1.WatchRunResponse;
import dev.latent.v1.WatchTuningRequest;
import dev.latent.v1.WatchTuningResponse;
import io.grpc.Status.Code;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The training service. */
public final class TrainingEndpoint extends TrainingServiceImplBase {

    private final TrainingService runs;
    private final ModelStore models;
    private final ServingModels serving;
    private final RunRequests requests;
    private final TuningCalls tunings;

    @Inject
    TrainingEndpoint(
            TrainingService runs, ModelStore models, ServingModels serving, RunRequests requests, TuningCalls tunings) {
        this.runs = runs;
        this.models = models;
        this.serving = serving;
        this.requests = requests;
        this.tunings = tunings;
    }

    private static <A> void respond(StreamObserver<A> responses, A response) {
        responses.onNext(response);
        responses.onCompleted();
    }

    @Override
    public void startRun(StartRunRequest request, StreamObserver<StartRunResponse> responses) {
        ModelDefinition model = model(request);
        TrainingSpec spec = runs.check(RunRequests.spec(request, model));
        if (model.revision() == 0) {
            checkFits(spec);
            create(model);
        }
        respond(
                responses,
                StartRunResponse.newBuilder()
                        .setRun(RunMessages.run(start(spec)))
                        .build());
    }

    @Override
    public void estimateRun(EstimateRunRequest request, StreamObserver<EstimateRunResponse> responses) {
        StartRunRequest run = request.getRun();
        TrainingSpec spec = RunRequests.spec(run, model(run));
        respond(
                responses,
                EstimateRunResponse.newBuilder()
                        .setEstimate(EstimateMessages.estimate(estimate(spec)))
                        .build());
    }

    private RunEstimate estimate(TrainingSpec spec) {
        try {
            return runs.estimate(spec);
        } catch (IOException e) {
            throw new UncheckedIOException("The dataset cannot be read", e);
        }
    }

    private void checkFits(TrainingSpec spec) {
        try {
            runs.checkFits(spec);
        } catch (IOException e) {
            throw new UncheckedIOException("The dataset cannot be read", e);
        }
    }

    /** The model of a request that is well formed; of revision 0 when it would have to be created. */
    private ModelDefinition model(StartRunRequest request) {
        requests.check(request);
        ModelDefinition model = models.find(request.getModel()).orElseGet(() -> RunRequests.newModel(request));
        checkDataset(request, model);
        return model;
    }

    private static void checkDataset(StartRunRequest request, ModelDefinition model) {
        if (!request.getDataset().isEmpty() && !request.getDataset().equals(model.dataset())) {
            throw ApiException.of(
                    Code.FAILED_PRECONDITION,
                    "MODEL_HAS_OTHER_DATASET",
                    "Model '" + model.name() + "' is trained on dataset '" + model.dataset() + "', not on '"
                            + request.getDataset() + "'; leave the dataset out or train a model of another name",
                    Map.of("model", model.name(), "actual", model.dataset(), "expected", request.getDataset()));
        }
    }

    private void create(ModelDefinition model) {
        try {
            models.create(model);
        } catch (AlreadyExistsException e) {
            checkSame(model, e); // another call has created it in between
        }
        serving.modelChanged(model.name());
    }

    private void checkSame(ModelDefinition model, AlreadyExistsException cause) {
        if (!models.get(model.name()).dataset().equals(model.dataset())) {
            throw cause;
        }
    }

    private Run start(TrainingSpec spec) {
        try {
            return runs.start(spec);
        } catch (IOException e) {
            throw new UncheckedIOException("The run cannot be stored", e);
        }
    }

    @Override
    public void getRun(GetRunRequest request, StreamObserver<GetRunResponse> responses) {
        respond(
                responses,
                GetRunResponse.newBuilder()
                        .setRun(RunMessages.run(runs.get(id(request.getId()))))
                        .build());
    }

    private static String id(String id) {
        new FieldChecks()
                .require(!id.isEmpty(), "id", "is empty, expected the id of a run")
                .check();
        return id;
    }

    @Override
    public void listRuns(ListRunsRequest request, StreamObserver<ListRunsResponse> responses) {
        String model = request.getModel();
        List<Run> all = runs.list().stream()
                .filter(run -> model.isEmpty() || run.model().equals(model))
                .toList();
        Pages<Run> page = Pages.cut(all, Run::id, request.getPageSize(), request.getPageToken(), "runs of " + model);
        respond(
                responses,
                ListRunsResponse.newBuilder()
                        .addAllRuns(
                                page.entries().stream().map(RunMessages::run).toList())
                        .setNextPageToken(page.nextToken())
                        .build());
    }

    @Override
    public void watchRun(WatchRunRequest request, StreamObserver<WatchRunResponse> responses) {
        new FieldChecks().notNegative("after_event", request.getAfterEvent()).check();
        new RunFollower(runs, id(request.getId()), request.getAfterEvent(), (ServerCallStreamObserver<WatchRunResponse>)
                        responses)
                .start();
    }

    @Override
    public void cancelRun(CancelRunRequest request, StreamObserver<CancelRunResponse> responses) {
        respond(
                responses,
                CancelRunResponse.newBuilder()
                        .setRun(RunMessages.run(runs.cancel(id(request.getId()))))
                        .build());
    }

    @Override
    public void startTuning(StartTuningRequest request, StreamObserver<StartTuningResponse> responses) {
        TuningCalls.check(request);
        ModelDefinition model = model(TuningCalls.run(request));
        if (model.revision() == 0) {
            runs.check(RunRequests.spec(TuningCalls.run(request), model));
            create(model);
        }
        respond(
                responses,
                StartTuningResponse.newBuilder()
                        .setTuning(tunings.start(request, model))
                        .build());
    }

    @Override
    public void resumeTuning(ResumeTuningRequest request, StreamObserver<ResumeTuningResponse> responses) {
        respond(
                responses,
                ResumeTuningResponse.newBuilder()
                        .setTuning(tunings.resume(request.getId()))
                        .build());
    }

    @Override
    public void getTuning(GetTuningRequest request, StreamObserver<GetTuningResponse> responses) {
        respond(responses, tunings.get(request));
    }

    @Override
    public void listTunings(ListTuningsRequest request, StreamObserver<ListTuningsResponse> responses) {
        respond(responses, tunings.list(request));
    }

    @Override
    public void watchTuning(WatchTuningRequest request, StreamObserver<WatchTuningResponse> responses) {
        tunings.watch(request, (ServerCallStreamObserver<WatchTuningResponse>) responses);
    }

    @Override
    public void cancelTuning(CancelTuningRequest request, StreamObserver<CancelTuningResponse> responses) {
        respond(
                responses,
                CancelTuningResponse.newBuilder()
                        .setTuning(tunings.cancel(request.getId()))
                        .build());
    }
}
