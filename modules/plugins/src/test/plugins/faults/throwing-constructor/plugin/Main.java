package plugin;

public final class Main extends Template {
    @Override
    public String name() {
        return "throwing-constructor";
    }

    public Main() {
        throw new IllegalStateException("no licence");
    }
}
