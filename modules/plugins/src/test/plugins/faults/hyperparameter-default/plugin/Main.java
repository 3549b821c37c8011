package plugin;

import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Scale;
import java.util.List;

public final class Main extends Template {
    @Override
    public String name() {
        return "hyperparameter-default";
    }

    @Override
    public List<Hyperparameter> hyperparameters() {
        return List.of(new Hyperparameter.OfInteger("depth", "Digs.", 9, 1, 3, Scale.LINEAR));
    }
}
