package dev.latent.server.models;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;

/** Models: exposes {@link ModelEndpoint}; needs the stores, the plugins and what serves models. */
public final class ModelModule extends AbstractModule {

    @Override
    protected void configure() {
        bind(ModelEndpoint.class).in(Singleton.class);
    }
}
