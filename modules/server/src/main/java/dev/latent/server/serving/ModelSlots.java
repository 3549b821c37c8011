package dev.latent.server.serving;

import dev.latent.models.ModelDefinition;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What one model serves: a slot an alias, and how unknown users are answered. */
final class ModelSlots {

    /** The fallback with which unknown users get an error instead of the most popular items. */
    static final String FALLBACK_NOT_FOUND = "not-found";

    private final Map<String, AliasSlot> aliases = new ConcurrentHashMap<>();
    private final ReentrantLock moves = new ReentrantLock();
    private volatile boolean refusesUnknownUsers;

    ModelSlots(ModelDefinition definition) {
        define(definition);
    }

    void define(ModelDefinition definition) {
        refusesUnknownUsers = definition.fallback().equals(FALLBACK_NOT_FOUND);
    }

    boolean refusesUnknownUsers() {
        return refusesUnknownUsers;
    }

    /** Serialises the moves of this model's aliases. */
    ReentrantLock moves() {
        return moves;
    }

    @Nullable
    AliasSlot find(String alias) {
        return aliases.get(alias);
    }

    AliasSlot slot(String alias) {
        return aliases.computeIfAbsent(alias, _ -> new AliasSlot());
    }

    Map<String, AliasSlot> all() {
        return aliases;
    }
}
