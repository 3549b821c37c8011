package plugin;

public final class Main extends Template {
    @Override
    public String name() {
        return "throwing-static-initialiser";
    }

    static final int SHARE = 1 / Integer.parseInt("0");
}
