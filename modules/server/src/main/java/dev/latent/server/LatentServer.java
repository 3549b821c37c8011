package dev.latent.server;

import com.google.inject.Binder;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.Stage;
import dev.latent.server.algorithms.AlgorithmModule;
import dev.latent.server.config.ConfigModule;
import dev.latent.server.config.FeatureOptions;
import dev.latent.server.config.ServerConfig;
import dev.latent.server.datasets.DatasetModule;
import dev.latent.server.grpc.GrpcModule;
import dev.latent.server.grpc.GrpcPort;
import dev.latent.server.grpc.Services;
import dev.latent.server.health.HealthModule;
import dev.latent.server.health.HealthStates;
import dev.latent.server.home.Closing;
import dev.latent.server.home.Home;
import dev.latent.server.home.HomeModule;
import dev.latent.server.home.OpenHome;
import dev.latent.server.http.HttpModule;
import dev.latent.server.http.HttpPort;
import dev.latent.server.interactions.InteractionModule;
import dev.latent.server.models.ModelModule;
import dev.latent.server.serving.ServingModels;
import dev.latent.server.serving.ServingModule;
import dev.latent.server.telemetry.TelemetryModule;
import dev.latent.server.training.TrainingModule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * A server: a home, open, and its two ports. What is opened last is closed first: it stops being healthy, then takes no
 * more calls and lets those under way end, then lets go of versions, runs, plugins, stores and the home's lock.
 */
public final class LatentServer implements AutoCloseable {

    private final Injector injector;
    private final Closing closing;

    private LatentServer(Injector injector, Closing closing) {
        this.injector = injector;
        this.closing = closing;
    }

    /**
     * Starts a server. When it returns, everything that should be live answers, or has failed and says why.
     *
     * @param home created when it is not there
     * @param plugins folders of plugins besides the home's own
     * @param config what was configured
     * @param clock of all that is stamped
     * @throws dev.latent.storage.HomeLockedException when another process has the home
     * @throws IOException when something cannot be read, written or bound
     */
    public static LatentServer start(Home home, List<Path> plugins, ServerConfig config, Clock clock)
            throws IOException {
        Closing closing = new Closing();
        try {
            OpenHome open = OpenHome.open(
                    home,
                    new OpenHome.Options(
                            FeatureOptions.interactions(config, clock),
                            FeatureOptions.training(config),
                            plugins,
                            clock),
                    closing);
            Injector injector = Guice.createInjector(Stage.PRODUCTION, modules(home, open, config, clock));
            start(injector, closing);
            return new LatentServer(injector, closing);
        } catch (IOException | RuntimeException | Error e) {
            closing.close();
            throw e;
        }
    }

    private static List<Module> modules(Home home, OpenHome open, ServerConfig config, Clock clock) {
        return List.of(
                LatentServer::strict,
                new HomeModule(open),
                new ConfigModule(config, home, clock),
                new TelemetryModule(),
                new ServingModule(),
                new HealthModule(),
                new ModelModule(),
                new DatasetModule(),
                new InteractionModule(),
                new TrainingModule(),
                new AlgorithmModule(),
                new GrpcModule(),
                new HttpModule());
    }

    private static void strict(Binder binder) {
        binder.requireExplicitBindings();
        binder.requireExactBindingAnnotations();
        binder.requireAtInjectOnConstructors();
        binder.disableCircularProxies();
    }

    private static void start(Injector injector, Closing closing) throws IOException {
        ServingModels serving = closing.add(injector.getInstance(ServingModels.class));
        closing.add(injector.getInstance(HttpPort.class)).start();
        serving.loadAll();
        GrpcPort grpc = closing.add(injector.getInstance(GrpcPort.class));
        grpc.start();
        HealthStates health = injector.getInstance(HealthStates.class);
        closing.add(health::stop);
        health.begin(injector.getInstance(Services.class).names());
    }

    /** The gRPC port listened on. */
    public int grpcPort() {
        return injector.getInstance(GrpcPort.class).port();
    }

    /** The HTTP port listened on. */
    public int httpPort() {
        return injector.getInstance(HttpPort.class).port();
    }

    @Override
    public void close() {
        closing.close();
    }
}
