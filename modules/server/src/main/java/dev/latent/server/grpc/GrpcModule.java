package dev.latent.server.grpc;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;

/** The gRPC port: exposes {@link GrpcPort} and {@link Services}; needs every endpoint and {@link GrpcOptions}. */
public final class GrpcModule extends AbstractModule {

    @Override
    protected void configure() {
        bind(Services.Endpoints.class).in(Singleton.class);
        bind(Services.class).in(Singleton.class);
        bind(GrpcPort.class).in(Singleton.class);
    }
}
