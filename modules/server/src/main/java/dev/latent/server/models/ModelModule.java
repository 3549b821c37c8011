package dev.latent.server.models;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;

/** Models: exposes {@link ModelEndpoint}; needs the stores, the plugins, what serves models,
 * what evaluates versions and where uploads go. */
public final class ModelModule extends AbstractModule {

    @Override
    protected void configure() {
        bind(VersionImports.class).in(Singleton.class);
        bind(VersionExports.class).in(Singleton.class);
        bind(VersionEvaluations.class).in(Singleton.class);
        bind(VersionCalls.class).in(Singleton.class);
        bind(ModelEndpoint.class).in(Singleton.class);
    }
}
