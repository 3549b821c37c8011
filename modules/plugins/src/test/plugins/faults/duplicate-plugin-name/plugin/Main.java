package plugin;

public final class Main extends Template {
    @Override
    public String name() {
        return "duplicate-plugin-name";
    }
}
