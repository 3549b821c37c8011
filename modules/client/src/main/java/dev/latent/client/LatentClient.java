package dev.latent.client;

import dev.latent.v1.AlgorithmServiceGrpc;
import dev.latent.v1.DatasetServiceGrpc;
import dev.latent.v1.InteractionServiceGrpc;
import dev.latent.v1.ItemFilter;
import dev.latent.v1.ModelServiceGrpc;
import dev.latent.v1.RecommendRequest;
import dev.latent.v1.RecommendResponse;
import dev.latent.v1.RecommenderServiceGrpc;
import dev.latent.v1.ScoreRequest;
import dev.latent.v1.ScoreResponse;
import dev.latent.v1.SimilarItemsRequest;
import dev.latent.v1.SimilarItemsResponse;
import dev.latent.v1.TrainingServiceGrpc;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A connection to Latent servers: one channel, round-robin over all addresses of its target, with a deadline on every
 * call and retries of reads where {@link ServiceConfig} says they are safe.
 *
 * <p>The common calls have methods of their own; all others go through the generated stubs, which share the channel, its
 * deadlines and its retries. Failures are {@link io.grpc.StatusRuntimeException}s. Thread-safe; make one and keep it.
 *
 * <pre>{@code
 * try (LatentClient latent = LatentClient.connect("localhost:8980")) {
 *     RecommendResponse forYou = latent.recommend("movies", "42", 10);
 * }
 * }</pre>
 */
public final class LatentClient implements AutoCloseable {

    /** The deadline of a call that sets none. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final ManagedChannel managedChannel;
    private final Channel channel;

    private LatentClient(ManagedChannel managedChannel, Duration timeout) {
        this.managedChannel = managedChannel;
        this.channel = ClientInterceptors.intercept(managedChannel, new DefaultDeadline(timeout));
    }

    /**
     * Connects without encryption, with {@link #DEFAULT_TIMEOUT}. Returns at once: the first call waits for the
     * connection.
     *
     * @param target {@code host:port}, or any target that gRPC resolves, such as {@code dns:///latent:8980}
     * @return a client to be closed
     */
    public static LatentClient connect(String target) {
        return connect(target, DEFAULT_TIMEOUT);
    }

    /**
     * Connects without encryption.
     *
     * @param target {@code host:port}, or any target that gRPC resolves
     * @param timeout the deadline of each unary call that sets none; above zero
     * @return a client to be closed
     */
    public static LatentClient connect(String target, Duration timeout) {
        return of(
                Grpc.newChannelBuilder(target, InsecureChannelCredentials.create())
                        .defaultLoadBalancingPolicy("round_robin")
                        .defaultServiceConfig(ServiceConfig.retriesOfReads())
                        .enableRetry()
                        .build(),
                timeout);
    }

    /**
     * Wraps a channel that is configured otherwise, for example with TLS.
     *
     * @param channel closed with this client
     * @param timeout the deadline of each unary call that sets none; above zero
     * @return a client to be closed
     */
    public static LatentClient of(ManagedChannel channel, Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("Timeout is " + timeout + ", expected more than zero");
        }
        return new LatentClient(channel, timeout);
    }

    /**
     * Returns the best items for a user from the live version, without those of their history.
     *
     * @param model name of the model
     * @param userId id of the user; unknown ones get a labelled fallback
     * @param k how many, 1 to 1000
     * @return the items, the version and whether it fell back
     */
    public RecommendResponse recommend(String model, String userId, int k) {
        return recommend(RecommendRequest.newBuilder()
                .setModel(model)
                .setUserId(userId)
                .setK(k)
                .build());
    }

    /**
     * Returns the best items for a user, with everything that a request can say.
     *
     * @param request see the contract
     * @return the items, the version and whether it fell back
     */
    public RecommendResponse recommend(RecommendRequest request) {
        return recommender().recommend(request);
    }

    /**
     * Returns the items nearest to an item.
     *
     * @param model name of the model
     * @param itemId id of the item
     * @param k how many, 1 to 1000
     * @return nearest first
     */
    public SimilarItemsResponse similarItems(String model, String itemId, int k) {
        return recommender()
                .similarItems(SimilarItemsRequest.newBuilder()
                        .setModel(model)
                        .setItemId(itemId)
                        .setK(k)
                        .setFilter(ItemFilter.getDefaultInstance())
                        .build());
    }

    /**
     * Returns the scores of items for a user.
     *
     * @param model name of the model
     * @param userId id of the user
     * @param itemIds 1 to 10,000 items
     * @return one score an item, in their order
     */
    public ScoreResponse score(String model, String userId, List<String> itemIds) {
        return recommender()
                .score(ScoreRequest.newBuilder()
                        .setModel(model)
                        .setUserId(userId)
                        .addAllItemIds(itemIds)
                        .build());
    }

    /**
     * Opens a stream of interactions.
     *
     * @param dataset name of the dataset
     * @return a writer to be closed
     */
    public InteractionWriter writeInteractions(String dataset) {
        return new InteractionWriter(dataset, InteractionServiceGrpc.newStub(channel));
    }

    /**
     * Returns the channel with this client's deadlines and retries, for stubs of other styles.
     *
     * @return closed with this client
     */
    public Channel channel() {
        return channel;
    }

    /**
     * Returns the blocking stub of the recommender service.
     *
     * @return sharing the channel
     */
    public RecommenderServiceGrpc.RecommenderServiceBlockingStub recommender() {
        return RecommenderServiceGrpc.newBlockingStub(channel);
    }

    /**
     * Returns the blocking stub of the interaction service.
     *
     * @return sharing the channel
     */
    public InteractionServiceGrpc.InteractionServiceBlockingStub interactions() {
        return InteractionServiceGrpc.newBlockingStub(channel);
    }

    /**
     * Returns the blocking stub of the dataset service.
     *
     * @return sharing the channel
     */
    public DatasetServiceGrpc.DatasetServiceBlockingStub datasets() {
        return DatasetServiceGrpc.newBlockingStub(channel);
    }

    /**
     * Returns the blocking stub of the model service.
     *
     * @return sharing the channel
     */
    public ModelServiceGrpc.ModelServiceBlockingStub models() {
        return ModelServiceGrpc.newBlockingStub(channel);
    }

    /**
     * Returns the blocking stub of the training service.
     *
     * @return sharing the channel
     */
    public TrainingServiceGrpc.TrainingServiceBlockingStub training() {
        return TrainingServiceGrpc.newBlockingStub(channel);
    }

    /**
     * Returns the blocking stub of the algorithm service.
     *
     * @return sharing the channel
     */
    public AlgorithmServiceGrpc.AlgorithmServiceBlockingStub algorithms() {
        return AlgorithmServiceGrpc.newBlockingStub(channel);
    }

    /** Ends the connection: calls under way may finish for a few seconds, then they are cancelled. */
    @Override
    public void close() {
        managedChannel.shutdown();
        try {
            if (!managedChannel.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                managedChannel.shutdownNow();
            }
        } catch (InterruptedException e) {
            managedChannel.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
