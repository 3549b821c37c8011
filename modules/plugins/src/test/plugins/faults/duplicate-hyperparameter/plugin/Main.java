package plugin;

import dev.latent.spi.Hyperparameter;
import java.util.List;

public final class Main extends Template {
    @Override
    public String name() {
        return "duplicate-hyperparameter";
    }

    @Override
    public List<Hyperparameter> hyperparameters() {
        return List.of(
                new Hyperparameter.OfFlag("deep", "Digs.", true), new Hyperparameter.OfFlag("deep", "Digs.", false));
    }
}
