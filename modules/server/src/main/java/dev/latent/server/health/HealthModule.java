package dev.latent.server.health;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;

/** Health: exposes {@link HealthStates} and {@link Readiness}; needs what serves models. */
public final class HealthModule extends AbstractModule {

    @Override
    protected void configure() {
        bind(Readiness.class).in(Singleton.class);
        bind(HealthStates.class).in(Singleton.class);
    }
}
