package dev.latent.server.http;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;

/** The HTTP port: exposes {@link HttpPort}; needs {@link HttpAddress}, the registry of metrics and the readiness. */
public final class HttpModule extends AbstractModule {

    @Override
    protected void configure() {
        bind(HttpPort.class).in(Singleton.class);
    }
}
