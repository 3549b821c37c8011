package plugin;

import dev.latent.spi.Hyperparameter;
import java.util.Collections;
import java.util.List;

public final class Main extends Template {
    @Override
    public String name() {
        return "null-hyperparameter";
    }

    @Override
    public List<Hyperparameter> hyperparameters() {
        return Collections.singletonList(null);
    }
}
