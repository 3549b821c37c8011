package dev.latent.server.interactions;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;

/** Interactions: exposes {@link InteractionEndpoint}; needs the store, who hears of changes, meters and a clock. */
public final class InteractionModule extends AbstractModule {

    @Override
    protected void configure() {
        bind(StreamWrites.class).in(Singleton.class);
        bind(InteractionEndpoint.class).in(Singleton.class);
    }
}
