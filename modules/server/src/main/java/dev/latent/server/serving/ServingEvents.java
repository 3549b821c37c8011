package dev.latent.server.serving;

import java.time.Duration;

/** Hears what happens to versions in service and on the request path. Implementations are quick and thread-safe. */
public interface ServingEvents {

    /** A version answers for an alias from now on. */
    void swapped(String model, String alias, int version, Duration loadTime);

    /** A version could not be opened for an alias. */
    void loadFailed(String model, String alias, int version);

    /** No version answers for an alias any more. */
    void removed(String model, String alias);

    /** An alias was asked to move: {@code result} is {@code ok} or {@code refused}. */
    void moved(String model, String action, String result);

    /** The most popular items answered instead of a user's own. */
    void fallback(String model, String reason);

    /** A folded-in vector answered. */
    void foldedIn(String model);
}
