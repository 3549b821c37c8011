package plugin;

public final class Main extends Template {
    @Override
    public String name() {
        return "missing-dependency";
    }

    private final library.Needed needed = new library.Needed();
}
