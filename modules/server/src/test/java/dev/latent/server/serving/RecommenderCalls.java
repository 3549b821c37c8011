package dev.latent.server.serving;

import static dev.latent.server.serving.ServingFixture.MODEL;
import static dev.latent.server.serving.ServingFixture.RIDGE;

import dev.latent.server.errors.ErrorInterceptor;
import dev.latent.v1.RecommendRequest;
import dev.latent.v1.RecommendResponse;
import dev.latent.v1.Recommendation;
import dev.latent.v1.RecommenderServiceGrpc;
import dev.latent.v1.RecommenderServiceGrpc.RecommenderServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link RecommenderEndpoint} on the versions of a {@link ServingFixture}, called without a network. */
final class RecommenderCalls {

    private final ServingFixture fixture;
    private final ScanPool scans = new ScanPool();
    private final Server server;
    private final ManagedChannel channel;
    private final RecommenderServiceBlockingStub stub;

    /** Serves version 1, which can fold users in. */
    RecommenderCalls(Path home) throws Exception {
        fixture = new ServingFixture(home);
        fixture.promote(fixture.publish(1, RIDGE));
        // A cost of 0 sends every search to the pool, so that both ways to answer are used by the tests.
        ServingOptions options = new ServingOptions(100, Duration.ZERO, 0);
        Recommender recommender = new Recommender(fixture.interactions, fixture.serving);
        String name = InProcessServerBuilder.generateName();
        server = InProcessServerBuilder.forName(name)
                .intercept(new ErrorInterceptor())
                .addService(new RecommenderEndpoint(fixture.serving, recommender, scans, options))
                .build()
                .start();
        channel = InProcessChannelBuilder.forName(name).build();
        stub = RecommenderServiceGrpc.newBlockingStub(channel);
    }

    ServingFixture fixture() {
        return fixture;
    }

    ScanPool scans() {
        return scans;
    }

    RecommenderServiceBlockingStub stub() {
        return stub;
    }

    void close() throws Exception {
        channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        scans.close();
        fixture.close();
    }

    static RecommendRequest.Builder request(String user) {
        return RecommendRequest.newBuilder().setModel(MODEL).setUserId(user);
    }

    static List<String> ids(RecommendResponse response) {
        return response.getRecommendationsList().stream()
                .map(Recommendation::getItemId)
                .toList();
    }
}
