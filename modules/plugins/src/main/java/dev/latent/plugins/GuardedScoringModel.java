package dev.latent.plugins;

import dev.latent.spi.History;
import dev.latent.spi.ScoringModel;
import dev.latent.spi.SectionWriter;
import dev.latent.spi.TrainedModel;
import java.io.IOException;

/** A scoring model of a plugin, each call of which goes through {@link PluginCall}. */
final class GuardedScoringModel implements ScoringModel {

    private final ScoringModel model;
    private final PluginCall call;

    private GuardedScoringModel(ScoringModel model, PluginCall call) {
        this.model = model;
        this.call = call;
    }

    static ScoringModel guard(ScoringModel model, PluginCall call) {
        return new GuardedScoringModel(model, call);
    }

    static TrainedModel guard(TrainedModel model, PluginCall call) {
        return model instanceof ScoringModel scoring ? guard(scoring, call) : model;
    }

    @Override
    public int itemCount() {
        return call.call("itemCount", model::itemCount);
    }

    @Override
    public void score(History history, float[] scores) {
        call.call("score", () -> {
            model.score(history, scores);
            return true;
        });
    }

    @Override
    public void scoreAll(History[] histories, float[][] scores) {
        call.call("scoreAll", () -> {
            model.scoreAll(histories, scores);
            return true;
        });
    }

    @Override
    public void write(SectionWriter sections) throws IOException {
        call.call("write", IOException.class, () -> {
            model.write(sections);
            return true;
        });
    }
}
