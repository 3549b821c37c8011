package dev.latent.models;

import dev.latent.storage.CorruptFileException;
import dev.latent.storage.FileOperations;
import dev.latent.storage.JsonFiles;
import dev.latent.storage.StoredFileException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the aliases of a model point.
 *
 * <p>The ledger is the truth: a move is committed by its line there. {@code aliases.json} is what the ledger came to when
 * it was last written: it is derived, written after the line, and may lag behind by what a stop cut off. The one rule:
 * of an alias the state with the highest generation counts, whichever of the two files has it. So a lagging {@code
 * aliases.json} changes nothing, and a ledger that lost its last lines does not turn an alias back. When the ledger is
 * damaged and {@code aliases.json} is unreadable too, nobody knows, and the aliases are refused rather than guessed.
 */
final class AliasTable {

    private static final int FORMAT_VERSION = 1;

    private final Map<String, Alias> states;

    private AliasTable(Map<String, Alias> states) {
        this.states = states;
    }

    /**
     * The content of {@code aliases.json}.
     *
     * @param formatVersion of the file
     * @param aliases in the order of names; version 0 for a removed one
     */
    record Stored(int formatVersion, List<Alias> aliases) {

        /** Copies the list. */
        Stored {
            aliases = List.copyOf(aliases);
        }
    }

    /** Returns what the two files come to. */
    static AliasTable read(ModelDirectory directory, Ledger ledger) throws IOException {
        Map<String, Alias> states = new TreeMap<>();
        for (LedgerEntry entry : ledger.entries()) {
            if (entry.action() != LedgerEntry.Action.DELETE_VERSION) {
                merge(states, new Alias(entry.alias(), entry.version(), entry.generation(), entry.time()));
            }
        }
        try {
            stored(directory).aliases().forEach(alias -> merge(states, alias));
        } catch (StoredFileException exception) {
            if (!ledger.damage().isEmpty()) {
                CorruptFileException corrupt = new CorruptFileException(
                        directory.ledger(),
                        "the ledger",
                        "damaged (" + ledger.damage().getFirst() + ") and so is aliases.json (" + exception.problem()
                                + " is " + exception.actual() + ")",
                        "at least one of them intact; restore one from a copy");
                corrupt.initCause(exception);
                throw corrupt;
            }
        }
        return new AliasTable(states);
    }

    static Stored stored(ModelDirectory directory) throws IOException {
        return SealedJson.read(directory.aliases(), FORMAT_VERSION, Stored.class);
    }

    private static void merge(Map<String, Alias> states, Alias alias) {
        states.merge(alias.name(), alias, (old, next) -> next.generation() > old.generation() ? next : old);
    }

    static byte[] emptyFile() throws IOException {
        return SealedJson.bytesOf(new Stored(FORMAT_VERSION, List.of()));
    }

    void write(ModelDirectory directory, FileOperations operations) throws IOException {
        Stored stored = new Stored(FORMAT_VERSION, new ArrayList<>(states.values()));
        JsonFiles.replace(directory.aliases(), SealedJson.bytesOf(stored), operations);
    }

    AliasTable with(LedgerEntry entry) {
        Map<String, Alias> moved = new TreeMap<>(states);
        merge(moved, new Alias(entry.alias(), entry.version(), entry.generation(), entry.time()));
        return new AliasTable(moved);
    }

    Optional<Alias> find(String name) {
        return Optional.ofNullable(states.get(name)).filter(alias -> alias.version() > 0);
    }

    long generation(String name) {
        Alias state = states.get(name);
        return state == null ? 0 : state.generation();
    }

    List<Alias> all() {
        return states.values().stream().filter(alias -> alias.version() > 0).toList();
    }

    /** Returns the state of every alias that ever was, removed ones included. */
    Map<String, Alias> states() {
        return states;
    }

    List<String> namesOf(int version) {
        return all().stream()
                .filter(alias -> alias.version() == version)
                .map(Alias::name)
                .toList();
    }

    /** The history of an alias as a stack: a promotion lays a version on top, a rollback takes off all above its target. */
    static List<Integer> stack(Ledger ledger, String alias) {
        List<Integer> stack = new ArrayList<>();
        for (LedgerEntry entry : ledger.entries()) {
            if (!entry.alias().equals(alias)) {
                continue;
            }
            switch (entry.action()) {
                case PROMOTE -> stack.add(entry.version());
                case ROLLBACK -> {
                    while (!stack.isEmpty() && stack.getLast() != entry.version()) {
                        stack.removeLast();
                    }
                    if (stack.isEmpty()) {
                        stack.add(entry.version());
                    }
                }
                case REMOVE_ALIAS -> stack.clear();
                case DELETE_VERSION -> {}
            }
        }
        return stack;
    }
}
