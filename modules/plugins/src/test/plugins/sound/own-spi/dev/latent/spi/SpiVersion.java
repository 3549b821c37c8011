package dev.latent.spi;

/** A copy that some build has packed into the jar; never loaded. */
public final class SpiVersion {
    static {
        fail();
    }

    public static final int MAJOR = 77;
    public static final int MINOR = 7;

    private static void fail() {
        throw new IllegalStateException("the plugin's own copy of the SPI was loaded");
    }

    public static String current() {
        return "77.7";
    }
}
