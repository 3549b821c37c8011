package plugin;

import dev.latent.spi.Algorithm;

public final class Main implements Algorithm {
    @Override
    public String name() {
        return "built-against-another-spi";
    }
}
