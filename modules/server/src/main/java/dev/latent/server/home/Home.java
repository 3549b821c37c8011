package dev.latent.server.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folders of a home.
 *
 * @param path of the home itself
 */
public record Home(Path path) {

    /** Makes the path absolute. */
    public Home {
        path = path.toAbsolutePath().normalize();
    }

    /** Creates what is not there yet. */
    public void create() throws IOException {
        Files.createDirectories(path);
        Files.createDirectories(plugins());
        Files.createDirectories(path.resolve("etc"));
    }

    /** Where the interaction store is. */
    public Path interactions() {
        return path.resolve("interactions");
    }

    /** Where models and versions are. */
    public Path models() {
        return path.resolve("models");
    }

    /** Where runs are. */
    public Path runs() {
        return path.resolve("runs");
    }

    /** Where the user's own plugins are. */
    public Path plugins() {
        return path.resolve("plugins");
    }

    /** Where uploads are kept while they are received, and what evaluations work on; emptied when a server begins. */
    public Path uploads() {
        return path.resolve("uploads");
    }

    /** Where the configuration is, if there is one. */
    public Path configuration() {
        return path.resolve("etc").resolve("latent.yaml");
    }
}
