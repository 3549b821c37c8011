package plugin;

public final class Main extends Template {
    @Override
    public String name() {
        return "throwing-error";
    }

    @Override
    public String description() {
        return description() + description();
    }
}
