package dev.latent.storage;

import java.nio.file.Path;

/** Main of another process that takes a home's lock and says how that went. */
final class HomeLockProbe {

    private HomeLockProbe() {}

    public static void main(String[] arguments) throws Exception {
        try (HomeLock _ = HomeLock.acquire(Path.of(arguments[0]))) {
            System.out.print("ACQUIRED");
            System.out.flush();
            if (arguments[1].equals("hold")) {
                Thread.sleep(60_000);
            }
        } catch (HomeLockedException exception) {
            System.out.print("REFUSED " + exception.getMessage());
        }
    }
}
