package dev.latent.training.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.spi.Algorithm;
import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.Task;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingContext;
import dev.latent.spi.TrainingListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnusedFeaturesTest {

    private static final FeatureFiles BOTH =
            new FeatureFiles(Optional.of(Path.of("items.csv")), Optional.of(Path.of("users.csv")));

    /** Is told by a hyperparameter whether to learn features of items; of users it cannot. */
    private static final class Featured implements Algorithm {
        @Override
        public String name() {
            return "featured";
        }

        @Override
        public String description() {
            return "Declares a hyperparameter.";
        }

        @Override
        public List<Hyperparameter> hyperparameters() {
            return List.of(
                    new Hyperparameter.OfChoice("features", "Of items.", "none", List.of("none", "own", "only")));
        }

        @Override
        public Task task(Hyperparameters hyperparameters) {
            return Task.RANKING;
        }

        @Override
        public TrainedModel train(TrainingContext context, TrainingListener listener) {
            throw new UnsupportedOperationException("Nothing is trained here");
        }
    }

    @Test
    void hyperparameterThatIsOff_isNamed() {
        assertThat(UnusedFeatures.expected(BOTH, new Featured(), Map.of()))
                .satisfiesExactly(
                        items -> assertThat(items).contains("features of items").contains("give --set features=own"),
                        users -> assertThat(users)
                                .contains("features of users")
                                .contains("'featured' learns from interactions alone"));
    }

    @Test
    void hyperparameterThatIsOn_isEnough() {
        assertThat(UnusedFeatures.expected(BOTH, new Featured(), Map.of("features", "only")))
                .singleElement()
                .asString()
                .contains("features of users");
    }

    @Test
    void withoutFiles_thereIsNothingToTell() {
        assertThat(UnusedFeatures.expected(FeatureFiles.NONE, new Featured(), Map.of()))
                .isEmpty();
        assertThat(UnusedFeatures.found(BOTH, new Featured(), true, true)).isEmpty();
    }
}
