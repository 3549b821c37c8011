package dev.latent.benchmarks.load;

import dev.latent.v1.RecommendRequest;
import dev.latent.v1.RecommendResponse;
import dev.latent.v1.RecommenderServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The two kinds of calls, spread over channels lane by lane. Requests are made beforehand. Thread-safe. */
final class ServerCalls {

    private final List<Channel> channels;
    private final List<RecommendRequest> requests;
    private final LongAdder fallbacks = new LongAdder();

    ServerCalls(List<Channel> channels, String model, List<String> users, int k) {
        this.channels = List.copyOf(channels);
        this.requests = users.stream()
                .map(user -> RecommendRequest.newBuilder()
                        .setModel(model)
                        .setUserId(user)
                        .setK(k)
                        .build())
                .toList();
    }

    /** Asks for a recommendation; an answer without items is an error. */
    CallFactory recommend() {
        return (lane, number, done) -> ClientCalls.asyncUnaryCall(
                channel(lane).newCall(RecommenderServiceGrpc.getRecommendMethod(), CallOptions.DEFAULT),
                requests.get(number % requests.size()),
                new Answer<>(this::judge, done));
    }

    /** Asks whether the server is well; any other answer than that it serves is an error. */
    CallFactory healthCheck() {
        return (lane, _, done) -> ClientCalls.asyncUnaryCall(
                channel(lane).newCall(HealthGrpc.getCheckMethod(), CallOptions.DEFAULT),
                HealthCheckRequest.getDefaultInstance(),
                new Answer<>(ServerCalls::judge, done));
    }

    /** How many answers were not the user's own. */
    long fallbacks() {
        return fallbacks.sum();
    }

    private Channel channel(int lane) {
        return channels.get(lane % channels.size());
    }

    private String judge(RecommendResponse response) {
        if (!response.getFallback().isEmpty()) {
            fallbacks.increment();
        }
        return response.getRecommendationsCount() == 0 ? "empty answer" : "";
    }

    private static String judge(HealthCheckResponse response) {
        return response.getStatus() == ServingStatus.SERVING
                ? ""
                : response.getStatus().name();
    }

    /** Hears one answer. */
    private static final class Answer<T> implements StreamObserver<T> {
        private final Function<T, String> judge;
        private final Consumer<String> done;
        private @Nullable T value;

        Answer(Function<T, String> judge, Consumer<String> done) {
            this.judge = judge;
            this.done = done;
        }

        @Override
        public void onNext(T answer) {
            value = answer;
        }

        @Override
        public void onError(Throwable problem) {
            done.accept(Status.fromThrowable(problem).getCode().name());
        }

        @Override
        public void onCompleted() {
            done.accept(value == null ? "no answer" : judge.apply(value));
        }
    }
}
