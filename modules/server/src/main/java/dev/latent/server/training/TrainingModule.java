package dev.latent.server.training;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;

/** Training: exposes {@link TrainingEndpoint}; needs the stores, the runs, their options and what serves models. */
public final class TrainingModule extends AbstractModule {

    @Override
    protected void configure() {
        bind(RunRequests.class).in(Singleton.class);
        bind(StaleSnapshots.class).asEagerSingleton();
        bind(TuningCalls.class).in(Singleton.class);
        bind(TrainingEndpoint.class).in(Singleton.class);
    }
}
