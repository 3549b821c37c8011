package dev.latent.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latent.v1.RecommendRequest;
import dev.latent.v1.RecommendResponse;
import dev.latent.v1.Recommendation;
import dev.latent.v1.RecommenderServiceGrpc.RecommenderServiceImplBase;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadCommandTest {

    /** Knows user 1, falls back for user 2, answers user 3 with nothing and fails for others. */
    private static final class Recommender extends RecommenderServiceImplBase {
        @Override
        public void recommend(RecommendRequest request, StreamObserver<RecommendResponse> answer) {
            if (request.getUserId().equals("4")) {
                answer.onError(Status.NOT_FOUND.asRuntimeException());
                return;
            }
            RecommendResponse.Builder response = RecommendResponse.newBuilder();
            if (!request.getUserId().equals("3")) {
                response.addRecommendations(Recommendation.newBuilder().setItemId("10"));
            }
            response.setFallback(request.getUserId().equals("2") ? "unknown_user" : "");
            answer.onNext(response.build());
            answer.onCompleted();
        }
    }

    @Test
    void answers_areJudged() throws IOException, InterruptedException {
        Server server = InProcessServerBuilder.forName("load")
                .directExecutor()
                .addService(new Recommender())
                .addService(new HealthStatusManager().getHealthService())
                .build()
                .start();
        ManagedChannel channel =
                InProcessChannelBuilder.forName("load").directExecutor().build();
        try {
            ServerCalls calls = new ServerCalls(List.of(channel), "films", List.of("1", "2", "3", "4"), 10);

            Phase recommend = ClosedLoop.run(calls.recommend(), 400, 3, Duration.ofSeconds(30));
            Phase check = ClosedLoop.run(calls.healthCheck(), 100, 3, Duration.ofSeconds(30));

            assertThat(recommend.errors()).isEqualTo(Map.of("empty answer", 100, "NOT_FOUND", 100));
            assertThat(calls.fallbacks()).isEqualTo(100);
            assertThat(check.errors()).isEmpty();
        } finally {
            channel.shutdownNow();
            server.shutdownNow();
        }
    }

    @Test
    void users_areNumbers_orTheFirstColumnOfAFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("ratings.csv");
        Files.writeString(file, "userId,movieId\n7,1\n7,2\n42,1\n");

        assertThat(UserIds.read("3")).containsExactly("1", "2", "3");
        assertThat(UserIds.read(file.toString())).containsExactly("7", "42");
        assertThatThrownBy(() -> UserIds.read("0")).hasMessageContaining("names no user");
    }
}
