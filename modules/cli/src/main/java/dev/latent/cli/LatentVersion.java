package dev.latent.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Tells which build this is. */
final class LatentVersion implements IVersionProvider {

    private static final String FILE = "version.properties";

    @Override
    public String[] getVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream file = LatentVersion.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IOException("The jar of this command lacks " + FILE + "; build or unpack it again");
            }
            properties.load(file);
        }
        return new String[] {
            "latent " + properties.getProperty("version") + " on Java " + Runtime.version(),
        };
    }
}
