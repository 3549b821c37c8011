package plugin;

public final class Main extends Template {
    @Override
    public String name() {
        return "hanging-constructor";
    }

    public Main() {
        for (int naps = 0; naps < 1_000; naps++) {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                naps++;
            }
        }
    }
}
