package dev.latent.server.telemetry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which build of Latent this is. */
public final class Build {

    private Build() {}

    /** Its version, for example {@code 0.1.0}. */
    public static String version() {
        Properties properties = new Properties();
        try (InputStream resource = Build.class.getResourceAsStream("build.properties")) {
            if (resource != null) {
                properties.load(resource);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The version of the build cannot be read", e);
        }
        return properties.getProperty("version", "unknown");
    }
}
