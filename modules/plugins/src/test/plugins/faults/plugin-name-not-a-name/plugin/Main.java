package plugin;

public final class Main extends Template {
    @Override
    public String name() {
        return "plugin-name-not-a-name";
    }
}
