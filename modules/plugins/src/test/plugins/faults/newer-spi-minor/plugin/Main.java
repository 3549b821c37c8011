package plugin;

public final class Main extends Template {
    @Override
    public String name() {
        return "newer-spi-minor";
    }
}
