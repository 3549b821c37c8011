package plugin;

public final class Main extends Template {
    @Override
    public String name() {
        return "nosy";
    }

    @Override
    public String description() {
        return "slf4j " + sees("org.slf4j.Logger") + ", host " + sees("dev.latent.plugins.PluginRegistry") + ", spi "
                + sees("dev.latent.spi.Task") + ", sql " + sees("java.sql.Connection");
    }

    private static boolean sees(String type) {
        try {
            Class.forName(type);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
