package plugin;

import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Scale;
import dev.latent.spi.ScoringModel;
import dev.latent.spi.SectionReader;
import dev.latent.spi.Sweep;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingContext;
import dev.latent.spi.TrainingFailedException;
import dev.latent.spi.TrainingListener;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Does what its hyperparameter says. */
public final class Main extends Template {

    @Override
    public String name() {
        return "moody";
    }

    @Override
    public List<Hyperparameter> hyperparameters() {
        return List.of(new Hyperparameter.OfChoice(
                "mood",
                "What to do.",
                "work",
                List.of("work", "throw", "overflow", "null", "fail", "cancel", "report", "score", "loader")));
    }

    @Override
    public TrainedModel train(TrainingContext context, TrainingListener listener) {
        switch (context.hyperparameters().choice("mood")) {
            case "throw" -> throw new IllegalStateException("bad mood");
            case "overflow" -> throw new StackOverflowError();
            case "null" -> {
                return null;
            }
            case "fail" -> throw new TrainingFailedException("lower 'mood'");
            case "cancel" -> listener.checkCancelled();
            case "report" -> {
                try {
                    listener.log("about to report");
                    listener.sweep(new Sweep(1, 1, Map.of(), Map.of()), () -> super.train(context, listener));
                } catch (RuntimeException e) {
                    throw new IllegalStateException("wrapped by the plugin", e);
                }
            }
            case "score" -> {
                return new Model();
            }
            case "loader" -> listener.log(
                    Thread.currentThread().getContextClassLoader() == Main.class.getClassLoader() ? "own" : "foreign");
            default -> {}
        }
        return super.train(context, listener);
    }

    @Override
    public ScoringModel reopen(SectionReader sections) throws IOException {
        if (sections.names().isEmpty()) {
            throw new IOException("nothing to reopen");
        }
        return new Model();
    }
}
