package dev.latent.server.algorithms;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;

/** Algorithms: exposes {@link AlgorithmEndpoint}; needs the plugin registry. */
public final class AlgorithmModule extends AbstractModule {

    @Override
    protected void configure() {
        bind(AlgorithmEndpoint.class).in(Singleton.class);
    }
}
