package dev.latent.server.serving;

import dev.latent.server.errors.ErrorMapping;
import dev.latent.server.errors.FieldChecks;
import dev.latent.v1.BatchRecommendRequest;
import dev.latent.v1.BatchRecommendResponse;
import dev.latent.v1.BatchRecommendResult;
import dev.latent.v1.RecommendRequest;
import dev.latent.v1.RecommendResponse;
import dev.latent.v1.RecommenderServiceGrpc.RecommenderServiceImplBase;
import dev.latent.v1.ScoreRequest;
import dev.latent.v1.ScoreResponse;
import dev.latent.v1.SimilarItemsRequest;
import dev.latent.v1.SimilarItemsResponse;
import io.grpc.Context;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * The recommender service. A short search for a remembered user runs on the thread that the call arrived on. Whatever may
 * read the disk (a user not asked for before, titles), solve a vector, or take more than {@link ServingOptions#inlineCost}
 * multiply-adds goes to the scan pool, as batches do, so that it does not hold up the network. Work is dropped once its
 * caller has gone.
 */
public final class RecommenderEndpoint extends RecommenderServiceImplBase {

    private final ServingModels serving;
    private final Recommender recommender;
    private final Executor scans;
    private final long inlineCost;

    @Inject
    RecommenderEndpoint(ServingModels serving, Recommender recommender, ScanPool scans, ServingOptions options) {
        this.serving = serving;
        this.recommender = recommender;
        this.scans = scans;
        this.inlineCost = options.inlineCost();
    }

    @Override
    public void recommend(RecommendRequest request, StreamObserver<RecommendResponse> responses) {
        Requests.check(request);
        ServingView view = hold(request.getModel(), request.getAlias());
        boolean inMemory = !request.getIncludeTitles() && view.remembers(request.getUserId());
        answer(view, inMemory, responses, held -> recommender.recommend(held, request));
    }

    @Override
    public void similarItems(SimilarItemsRequest request, StreamObserver<SimilarItemsResponse> responses) {
        Requests.check(request);
        ServingView view = hold(request.getModel(), request.getAlias());
        answer(view, !request.getIncludeTitles(), responses, held -> recommender.similarItems(held, request));
    }

    @Override
    public void score(ScoreRequest request, StreamObserver<ScoreResponse> responses) {
        Requests.check(request);
        ServingView view = hold(request.getModel(), request.getAlias());
        answer(view, view.remembers(request.getUserId()), responses, held -> recommender.score(held, request));
    }

    private ServingView hold(String model, String alias) {
        return serving.hold(model, Requests.aliasOf(alias));
    }

    private <A> void answer(
            ServingView view, boolean inMemory, StreamObserver<A> responses, Function<ServingView, A> work) {
        if (inMemory && view.cost() <= inlineCost) {
            answerNow(view, responses, work);
        } else {
            answerOnPool(view, responses, work);
        }
    }

    private <A> void answerOnPool(ServingView view, StreamObserver<A> responses, Function<ServingView, A> work) {
        try {
            scans.execute(Context.current().wrap(() -> answerLater(view, responses, work)));
        } catch (RuntimeException e) {
            view.release();
            throw e;
        }
    }

    private static <A> void answerNow(ServingView view, StreamObserver<A> responses, Function<ServingView, A> work) {
        A response;
        try {
            response = work.apply(view);
        } finally {
            view.release();
        }
        responses.onNext(response);
        responses.onCompleted();
    }

    private static <A> void answerLater(ServingView view, StreamObserver<A> responses, Function<ServingView, A> work) {
        if (Context.current().isCancelled()) {
            view.release();
            return;
        }
        try {
            answerNow(view, responses, work);
        } catch (Throwable e) { // the border of the pool's thread: mapped to a status by the interceptor
            responses.onError(failure(e));
        }
    }

    private static Throwable failure(Throwable cause) {
        return StatusProto.toStatusRuntimeException(ErrorMapping.statusOf(cause));
    }

    @Override
    public void batchRecommend(BatchRecommendRequest request, StreamObserver<BatchRecommendResponse> responses) {
        new FieldChecks()
                .require(request.getRequestsCount() > 0, "requests", "is empty, expected 1 to " + Requests.MAX_BATCH)
                .atMost("requests", request.getRequestsCount(), Requests.MAX_BATCH)
                .check();
        scans.execute(Context.current().wrap(() -> answerBatch(request, responses)));
    }

    private void answerBatch(BatchRecommendRequest batch, StreamObserver<BatchRecommendResponse> responses) {
        BatchRecommendResponse.Builder response = BatchRecommendResponse.newBuilder();
        for (RecommendRequest request : batch.getRequestsList()) {
            if (Context.current().isCancelled()) {
                return;
            }
            response.addResults(result(request));
        }
        responses.onNext(response.build());
        responses.onCompleted();
    }

    private BatchRecommendResult result(RecommendRequest request) {
        try {
            Requests.check(request);
            ServingView view = hold(request.getModel(), request.getAlias());
            try {
                return BatchRecommendResult.newBuilder()
                        .setResponse(recommender.recommend(view, request))
                        .build();
            } finally {
                view.release();
            }
        } catch (RuntimeException e) {
            return BatchRecommendResult.newBuilder()
                    .setError(ErrorMapping.statusOf(e))
                    .build();
        }
    }
}
