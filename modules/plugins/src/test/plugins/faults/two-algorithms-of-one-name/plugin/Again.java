package plugin;

public final class Again extends Template {
    @Override
    public String name() {
        return "two-algorithms-of-one-name";
    }
}
