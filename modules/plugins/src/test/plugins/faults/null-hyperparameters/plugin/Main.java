package plugin;

import dev.latent.spi.Hyperparameter;
import java.util.List;

public final class Main extends Template {
    @Override
    public String name() {
        return "null-hyperparameters";
    }

    @Override
    public List<Hyperparameter> hyperparameters() {
        return null;
    }
}
