package dev.latent.storage;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Thrown when another process may write a home; names it. */
public final class HomeLockedException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient HomeLock.@Nullable Owner owner;

    HomeLockedException(Path home, HomeLock.@Nullable Owner owner) {
        super("Home " + home + " is held by "
                + (owner == null
                        ? "another process"
                        : "process " + owner.pid() + " on host " + owner.host() + " since " + owner.since())
                + ", expected no other server; stop that one or use another --home");
        this.owner = owner;
    }

    /**
     * Returns who holds the home.
     *
     * @return empty when its owner file cannot be read
     */
    public Optional<HomeLock.Owner> owner() {
        return Optional.ofNullable(owner);
    }
}
