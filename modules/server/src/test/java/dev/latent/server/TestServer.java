package dev.latent.server;

import dev.latent.server.config.ConfigLoader;
import dev.latent.server.config.ConfigSources;
import dev.latent.server.home.Home;
import dev.latent.storage.FileOperations;
import dev.latent.v1.AlgorithmServiceGrpc;
import dev.latent.v1.AlgorithmServiceGrpc.AlgorithmServiceBlockingStub;
import dev.latent.v1.CreateDatasetRequest;
import dev.latent.v1.Dataset;
import dev.latent.v1.DatasetServiceGrpc;
import dev.latent.v1.DatasetServiceGrpc.DatasetServiceBlockingStub;
import dev.latent.v1.Interaction;
import dev.latent.v1.InteractionServiceGrpc;
import dev.latent.v1.InteractionServiceGrpc.InteractionServiceBlockingStub;
import dev.latent.v1.ModelServiceGrpc;
import dev.latent.v1.ModelServiceGrpc.ModelServiceBlockingStub;
import dev.latent.v1.PromoteModelVersionRequest;
import dev.latent.v1.RecommenderServiceGrpc;
import dev.latent.v1.RecommenderServiceGrpc.RecommenderServiceBlockingStub;
import dev.latent.v1.Run;
import dev.latent.v1.StartRunRequest;
import dev.latent.v1.TrainingServiceGrpc;
import dev.latent.v1.TrainingServiceGrpc.TrainingServiceBlockingStub;
import dev.latent.v1.WatchRunRequest;
import dev.latent.v1.WatchRunResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A whole server in a home of its own, on free ports, with real stores; and stubs to call it. */
public final class TestServer implements AutoCloseable {

    private final Path root;
    private final LatentServer server;
    private final ManagedChannel channel;

    private TestServer(Path root, LatentServer server) {
        this.root = root;
        this.server = server;
        this.channel = NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort())
                .usePlaintext()
                .build();
    }

    /** Starts a server with the plugin of the tests. */
    public static TestServer start() throws IOException {
        return start(Files.createTempDirectory("latent-server-test-"), Map.of());
    }

    /** Starts a server on a folder, which may hold a home already. */
    public static TestServer start(Path root, Map<String, String> settings) throws IOException {
        deleteAtExit(root);
        TastePlugin.pack(root.resolve("plugins"));
        Map<String, String> flags = new HashMap<>(Map.of(
                "server.grpc.port", "0",
                "server.http.port", "0",
                "serving.warm-up", "0s",
                "training.heap", "128m",
                "training.jvm-arguments", "-XX:TieredStopAtLevel=1", // they end before more pays
                "training.concurrency", "2",
                "interactions.cache", "8m",
                "interactions.write-buffer", "8m"));
        flags.putAll(settings);
        return new TestServer(
                root,
                LatentServer.start(
                        new Home(root.resolve("home")),
                        List.of(root.resolve("plugins")),
                        ConfigLoader.load(new ConfigSources(Optional.empty(), Map.of(), flags)),
                        Clock.systemUTC()));
    }

    private static void deleteAtExit(Path root) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                FileOperations.system().deleteTree(root);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    public Path root() {
        return root;
    }

    public Path home() {
        return root.resolve("home");
    }

    public ManagedChannel channel() {
        return channel;
    }

    public int grpcPort() {
        return server.grpcPort();
    }

    public DatasetServiceBlockingStub datasets() {
        return DatasetServiceGrpc.newBlockingStub(channel);
    }

    public InteractionServiceBlockingStub interactions() {
        return InteractionServiceGrpc.newBlockingStub(channel);
    }

    public ModelServiceBlockingStub models() {
        return ModelServiceGrpc.newBlockingStub(channel);
    }

    public TrainingServiceBlockingStub training() {
        return TrainingServiceGrpc.newBlockingStub(channel);
    }

    public AlgorithmServiceBlockingStub algorithms() {
        return AlgorithmServiceGrpc.newBlockingStub(channel);
    }

    public RecommenderServiceBlockingStub recommender() {
        return RecommenderServiceGrpc.newBlockingStub(channel);
    }

    /** Reads a page of the HTTP port. */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    /** Creates a dataset in which each of some users had three of some items. */
    public void createDataset(String name, int users, int items) {
        datasets()
                .createDataset(CreateDatasetRequest.newBuilder()
                        .setDataset(Dataset.newBuilder().setName(name))
                        .build());
        List<Interaction> interactions = new ArrayList<>();
        for (int user = 0; user < users; user++) {
            for (int step = 0; step < 3; step++) {
                interactions.add(interaction("u" + user, "i" + (user + step * step + step) % items));
            }
        }
        WriteCalls.write(channel, name, interactions);
    }

    public static Interaction interaction(String user, String item) {
        return Interaction.newBuilder().setUserId(user).setItemId(item).build();
    }

    /** Trains a version and waits for it. */
    public Run train(StartRunRequest request) {
        return await(training().startRun(request).getRun().getId());
    }

    /** Trains a version of a model of the tests' algorithm and waits for it. */
    public Run train(String model, String dataset) {
        return train(StartRunRequest.newBuilder()
                .setModel(model)
                .setDataset(dataset)
                .setAlgorithm(TastePlugin.NAME)
                .build());
    }

    /** Trains a version and lets it answer. */
    public String trainAndPromote(String model, String dataset) {
        Run run = train(model, dataset);
        if (run.getState() != Run.State.STATE_SUCCEEDED) {
            throw new AssertionError("Run did not succeed: " + run);
        }
        models().promoteModelVersion(PromoteModelVersionRequest.newBuilder()
                .setName(run.getVersion())
                .build());
        return run.getVersion();
    }

    /** Follows a run to its end. */
    public Run await(String id) {
        Iterator<WatchRunResponse> events = training()
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .watchRun(WatchRunRequest.newBuilder().setId(id).build());
        @Nullable Run last = null;
        while (events.hasNext()) {
            WatchRunResponse event = events.next();
            last = event.hasRun() ? event.getRun() : last;
        }
        if (last == null) {
            throw new AssertionError("Run " + id + " had no event with its state");
        }
        return last;
    }

    /** Stops the server while its clients are still there. */
    public void closeServer() {
        server.close();
    }

    /** Stops the server; the home stays. */
    @Override
    public void close() {
        channel.shutdownNow();
        server.close();
    }
}
