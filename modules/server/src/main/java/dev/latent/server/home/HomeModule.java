package dev.latent.server.home;

import com.google.inject.AbstractModule;
import dev.latent.interactions.InteractionStore;
import dev.latent.models.ModelStore;
import dev.latent.plugins.PluginRegistry;
import dev.latent.training.TrainingService;
import dev.latent.training.evaluations.EvaluationService;
import dev.latent.training.tunings.TuningService;

/** The home: exposes its stores, plugins and runs, which were opened before. */
public final class HomeModule extends AbstractModule {

    private final OpenHome home;

    /** Exposes the rooms of a home. */
    public HomeModule(OpenHome home) {
        this.home = home;
    }

    @Override
    protected void configure() {
        bind(InteractionStore.class).toInstance(home.interactions());
        bind(ModelStore.class).toInstance(home.models());
        bind(PluginRegistry.class).toInstance(home.plugins());
        bind(TrainingService.class).toInstance(home.runs());
        bind(TuningService.class).toInstance(home.tunings());
        bind(EvaluationService.class).toInstance(home.evaluations());
    }
}
