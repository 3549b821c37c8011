package plugin;

import dev.latent.spi.Hyperparameters;
import dev.latent.spi.Task;

public final class Main extends Template {
    @Override
    public String name() {
        return "null-task";
    }

    @Override
    public Task task(Hyperparameters hyperparameters) {
        return null;
    }
}
