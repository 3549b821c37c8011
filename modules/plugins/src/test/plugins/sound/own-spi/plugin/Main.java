package plugin;

public final class Main extends Template {
    @Override
    public String name() {
        return "own-spi";
    }

    @Override
    public String description() {
        return "SPI " + dev.latent.spi.SpiVersion.current();
    }
}
