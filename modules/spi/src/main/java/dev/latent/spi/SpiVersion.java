package dev.latent.spi;

/**
 * The version of this contract and the manifest attributes by which a plugin jar states what it is.
 *
 * <p>Versions are semantic: a jar loads when its major number equals {@link #MAJOR} and its minor number is at most
 * {@link #MINOR}. The attributes are read before any class of the jar is loaded.
 */
public final class SpiVersion {

    /** Raised when code that was compiled against an earlier version may no longer link. */
    public static final int MAJOR = 1;

    /** Raised when something is added. */
    public static final int MINOR = 0;

    /** Manifest attribute: the contract the jar was built for, {@code MAJOR.MINOR}. Required. */
    public static final String SPI_VERSION_ATTRIBUTE = "Latent-Spi-Version";

    /** Manifest attribute: the plugin's name, {@code [a-z][a-z0-9-]*}. Required. */
    public static final String PLUGIN_NAME_ATTRIBUTE = "Latent-Plugin-Name";

    /** Manifest attribute: the plugin's own version, free text of at most 64 characters. Required. */
    public static final String PLUGIN_VERSION_ATTRIBUTE = "Latent-Plugin-Version";

    private SpiVersion() {}

    /**
     * Returns this contract's version.
     *
     * @return {@code MAJOR.MINOR}, for example {@code 1.0}
     */
    public static String current() {
        return MAJOR + "." + MINOR;
    }
}
