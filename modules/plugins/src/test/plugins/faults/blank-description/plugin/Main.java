package plugin;

public final class Main extends Template {
    @Override
    public String name() {
        return "blank-description";
    }

    @Override
    public String description() {
        return " ";
    }
}
