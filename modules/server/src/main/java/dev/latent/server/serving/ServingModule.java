package dev.latent.server.serving;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.latent.interactions.InteractionStore;
import dev.latent.models.ModelStore;
import dev.latent.plugins.PluginRegistry;

/**
 * Serving: exposes {@link ServingModels} and {@link RecommenderEndpoint}; needs the stores, the plugins, {@link
 * ServingOptions}, {@link ServingEvents} and {@link dev.latent.server.datasets.DatasetChanges}.
 */
public final class ServingModule extends AbstractModule {

    @Override
    protected void configure() {
        bind(ServingModels.class).in(Singleton.class);
        bind(ScanPool.class).in(Singleton.class);
        bind(Recommender.class).in(Singleton.class);
        bind(RecommenderEndpoint.class).in(Singleton.class);
    }

    @Provides
    @Singleton
    ViewLoader viewLoader(
            ModelStore models, InteractionStore interactions, PluginRegistry plugins, ServingOptions options) {
        return new ViewLoader(models, interactions, plugins, options);
    }
}
