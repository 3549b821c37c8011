package dev.latent.testkit;

import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.Scale;
import dev.latent.spi.Snapshot;
import dev.latent.spi.Task;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingContext;
import dev.latent.spi.TrainingListener;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/** Algorithms that say of themselves what does not hold: one breach of the contract a class. */
public final class BrokenDeclarations {

    private BrokenDeclarations() {}

    /** Accepts values with which it overflows. */
    public static final class RangeTooWide extends SoundAlgorithm {
        @Override
        public List<Hyperparameter> hyperparameters() {
            return List.of(FACTORS, SWEEPS, new Hyperparameter.OfReal("pull", "Too wide.", 0.5, 0, 1e30, Scale.LINEAR));
        }
    }

    /** Has a tuner try what it does not accept. */
    public static final class SearchesTooWide extends SoundAlgorithm {
        @Override
        public List<Hyperparameter> searchSpace(Hyperparameters base) {
            return List.of(new Hyperparameter.OfReal("pull", "Too wide.", 0.5, 0, 2, Scale.LINEAR));
        }
    }

    /** Has a tuner start where it does not search. */
    public static final class StartsOutside extends SoundAlgorithm {
        @Override
        public List<Map<String, String>> startingPoints(Hyperparameters base, Snapshot snapshot) {
            return List.of(Map.of("pull", "2"));
        }
    }

    /** Throws at one end of its range. */
    public static final class RangeWithAHole extends SoundAlgorithm {
        @Override
        public TrainedModel train(TrainingContext context, TrainingListener listener) {
            if (context.hyperparameters().real("pull") == 0) {
                throw new IllegalArgumentException("no pull");
            }
            return super.train(context, listener);
        }
    }

    /** Declares one hyperparameter twice, so that the range of the first is not enforced. */
    public static final class DeclaresTwice extends SoundAlgorithm {
        @Override
        public List<Hyperparameter> hyperparameters() {
            return List.of(
                    FACTORS, SWEEPS, PULL, new Hyperparameter.OfReal("pull", "Again.", 0.5, -0.5, 1, Scale.LINEAR));
        }
    }

    /** Has a name that cannot be typed. */
    public static final class BadName extends SoundAlgorithm {
        @Override
        public String name() {
            return "Bad Name";
        }
    }

    /** Does not say what it predicts. */
    public static final class NoTask extends SoundAlgorithm {
        @Override
        @NullUnmarked
        public Task task(Hyperparameters hyperparameters) {
            return null;
        }
    }

    /** Cannot be instantiated by the host. */
    static final class NotPublic extends SoundAlgorithm {}
}
