package dev.latent.server.config;

import com.google.inject.AbstractModule;
import dev.latent.server.grpc.GrpcOptions;
import dev.latent.server.home.Home;
import dev.latent.server.http.HttpAddress;
import dev.latent.server.serving.ServingOptions;
import dev.latent.server.uploads.UploadOptions;
import dev.latent.training.TrainingOptions;
import java.time.Clock;

/** Configuration: exposes the options of each feature, made from what was configured, and the clock. */
public final class ConfigModule extends AbstractModule {

    private final ServerConfig config;
    private final Home home;
    private final Clock clock;

    /** Exposes a configuration. */
    public ConfigModule(ServerConfig config, Home home, Clock clock) {
        this.config = config;
        this.home = home;
        this.clock = clock;
    }

    @Override
    protected void configure() {
        bind(Clock.class).toInstance(clock);
        bind(GrpcOptions.class).toInstance(FeatureOptions.grpc(config));
        bind(HttpAddress.class)
                .toInstance(new HttpAddress(config.http().host(), config.http().port()));
        bind(UploadOptions.class).toInstance(FeatureOptions.uploads(config, home));
        bind(ServingOptions.class).toInstance(FeatureOptions.serving(config));
        bind(TrainingOptions.class).toInstance(FeatureOptions.training(config));
    }
}
