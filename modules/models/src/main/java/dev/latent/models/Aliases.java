package dev.latent.models;

import dev.latent.models.LedgerEntry.Action;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves aliases: checks, compares, commits to the ledger, then brings {@code aliases.json} up to date. */
final class Aliases {

    private static final Logger LOG = LoggerFactory.getLogger(Aliases.class);

    private final StoreContext context;

    Aliases(StoreContext context) {
        this.context = context;
    }

    /**
     * Who moves an alias and why.
     *
     * @param actor 1 to 256 characters
     * @param reason at most 4,096 characters
     */
    record Cause(String actor, String reason) {

        /** Checks the lengths. */
        Cause {
            Names.checkText("actor", actor, 1, 256);
            Names.checkText("reason", reason, 0, 4096);
        }
    }

    /**
     * A move that is to be committed.
     *
     * @param action what is done
     * @param alias which one
     * @param version where it goes; 0 for nowhere
     * @param expectedGeneration what it must be at before
     * @param cause who and why
     */
    private record Move(Action action, String alias, int version, OptionalLong expectedGeneration, Cause cause) {}

    List<Alias> all(String model) {
        ModelDirectory directory = context.existing(model);
        return StoreContext.run(model, 0, () -> table(directory).all());
    }

    Optional<Alias> find(String model, String alias) {
        Names.checkAlias(alias);
        ModelDirectory directory = context.existing(model);
        return StoreContext.run(model, 0, () -> table(directory).find(alias));
    }

    Ledger ledger(String model) {
        ModelDirectory directory = context.existing(model);
        return StoreContext.run(
                model, 0, () -> LedgerFile.read(directory.ledger()).ledger());
    }

    private static AliasTable table(ModelDirectory directory) throws IOException {
        return AliasTable.read(directory, LedgerFile.read(directory.ledger()).ledger());
    }

    Alias promote(String model, String alias, int version, OptionalLong expectedGeneration, Cause cause) {
        Names.checkAlias(alias);
        ModelDirectory directory = context.existingVersion(model, version);
        // The long part, outside the lock: every byte of the version is read once.
        VersionOpener.open(directory, version).close();
        return context.change(
                model, () -> move(directory, new Move(Action.PROMOTE, alias, version, expectedGeneration, cause)));
    }

    /** Returns the version to which a rollback of the alias as it is now goes. */
    int rollbackTarget(String model, String alias) {
        return target(standing(model, alias)).version();
    }

    Alias rollback(String model, String alias, OptionalLong expectedGeneration, Cause cause) {
        Standing standing = standing(model, alias);
        long actual = standing.current().generation();
        long generation = expectedGeneration.orElse(actual);
        if (generation != actual) {
            throw conflict(model, alias, generation, actual);
        }
        Target target = target(standing);
        String skipped = target.skipped().isEmpty() ? "" : "passed over " + String.join("; ", target.skipped());
        String reason = join(cause.reason(), skipped);
        Move move = new Move(
                Action.ROLLBACK,
                alias,
                target.version(),
                OptionalLong.of(generation),
                new Cause(cause.actor(), reason.substring(0, Math.min(reason.length(), 4096))));
        return context.change(model, () -> move(standing.directory(), move));
    }

    /**
     * Where an alias points and has pointed.
     *
     * @param directory of its model
     * @param current where it points
     * @param stack see {@link AliasTable#stack}
     */
    private record Standing(ModelDirectory directory, Alias current, List<Integer> stack) {}

    private Standing standing(String model, String alias) {
        Names.checkAlias(alias);
        ModelDirectory directory = context.existing(model);
        return StoreContext.run(model, 0, () -> {
            Ledger ledger = LedgerFile.read(directory.ledger()).ledger();
            Alias current = AliasTable.read(directory, ledger).find(alias).orElseThrow(() -> noAlias(model, alias));
            return new Standing(directory, current, AliasTable.stack(ledger, alias));
        });
    }

    private static String join(String first, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + "; " + second;
    }

    /**
     * Where a rollback goes.
     *
     * @param version the last different one that opens
     * @param skipped those in between that do not, with the reason
     */
    private record Target(int version, List<String> skipped) {}

    private static Target target(Standing standing) {
        ModelDirectory directory = standing.directory();
        Alias current = standing.current();
        List<String> skipped = new ArrayList<>();
        for (int version : standing.stack().reversed().stream().distinct().toList()) {
            if (version == current.version()) {
                continue;
            }
            String id = Manifest.id(directory.name(), version);
            if (!directory.hasVersion(version)) {
                skipped.add(id + " (deleted)");
                continue;
            }
            try {
                VersionOpener.open(directory, version).close();
                return new Target(version, skipped);
            } catch (CorruptException | IncompatibleException exception) {
                skipped.add(id + " (" + exception.getMessage() + ")");
            }
        }
        throw new PreconditionException(
                "Alias '" + current.name() + "' of model '" + directory.name() + "'",
                "there is no earlier version that opens"
                        + (skipped.isEmpty() ? "" : ", passed over " + String.join("; ", skipped))
                        + "; promote another version by its number");
    }

    void remove(String model, String alias, OptionalLong expectedGeneration, Cause cause) {
        Names.checkAlias(alias);
        ModelDirectory directory = context.existing(model);
        context.change(
                model, () -> move(directory, new Move(Action.REMOVE_ALIAS, alias, 0, expectedGeneration, cause)));
    }

    /** Compares and commits; the caller holds the model's lock. */
    private Alias move(ModelDirectory directory, Move move) throws IOException {
        LedgerFile.Content content = LedgerFile.read(directory.ledger());
        AliasTable table = AliasTable.read(directory, content.ledger());
        long generation = table.generation(move.alias());
        long expected = move.expectedGeneration().orElse(generation);
        if (expected != generation) {
            throw conflict(directory.name(), move.alias(), expected, generation);
        }
        Optional<Alias> current = table.find(move.alias());
        if (move.version() > 0 && !directory.hasVersion(move.version())) {
            throw new NotFoundException(
                    "version", Manifest.id(directory.name(), move.version()), "it was deleted meanwhile");
        }
        if (move.action() == Action.REMOVE_ALIAS && current.isEmpty()) {
            throw noAlias(directory.name(), move.alias());
        }
        LedgerEntry entry = new LedgerEntry(
                content.nextSequence(),
                context.clock().instant(),
                move.action(),
                move.alias(),
                move.version(),
                current.map(Alias::version).orElse(0),
                generation + 1,
                move.cause().actor(),
                move.cause().reason());
        LedgerFile.append(directory.ledger(), entry, context.operations());
        refresh(directory, table.with(entry));
        return new Alias(entry.alias(), entry.version(), entry.generation(), entry.time());
    }

    /** Writes {@code aliases.json}; the move is committed already, so a failure here is not one of the move. */
    private void refresh(ModelDirectory directory, AliasTable table) {
        try {
            table.write(directory, context.operations());
        } catch (IOException exception) {
            LOG.warn(
                    "Model '{}': aliases.json could not be brought up to date; the ledger has the move, and the next"
                            + " move or start writes the file again",
                    directory.name(),
                    exception);
        }
    }

    private static ConflictException conflict(String model, String alias, long expected, long actual) {
        return new ConflictException("Alias '" + alias + "' of model '" + model + "'", "generation", expected, actual);
    }

    private static NotFoundException noAlias(String model, String alias) {
        return new NotFoundException("alias", model + "/" + alias, "set it by 'latent promote'");
    }
}
