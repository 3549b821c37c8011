package plugin;

public final class Main extends Template {
    @Override
    public String name() {
        return "layered";
    }

    @Override
    public String description() {
        return library.Needed.word();
    }
}
