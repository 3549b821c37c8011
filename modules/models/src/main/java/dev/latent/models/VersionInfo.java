package dev.latent.models;

import java.util.List;
import java.util.Optional;

/**
 * A version as a list shows it: its manifest was read, its sections were not.
 *
 * @param model whose version it is
 * @param number from 1
 * @param manifest empty when it cannot be read
 * @param aliases that point at it
 * @param problem why the manifest cannot be read; empty when it can
 */
public record VersionInfo(String model, int number, Optional<Manifest> manifest, List<String> aliases, String problem) {

    /** Copies the list. */
    public VersionInfo {
        aliases = List.copyOf(aliases);
    }

    /**
     * Returns how the version is called.
     *
     * @return for example {@code movies@7}
     */
    public String id() {
        return Manifest.id(model, number);
    }
}
