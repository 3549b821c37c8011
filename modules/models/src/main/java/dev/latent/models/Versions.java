package dev.latent.models;

import dev.latent.models.Aliases.Cause;
import dev.latent.models.LedgerEntry.Action;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Begins, lists and deletes versions. */
final class Versions {

    private final StoreContext context;

    Versions(StoreContext context) {
        this.context = context;
    }

    PendingVersion begin(String model) {
        ModelDirectory directory = context.existing(model);
        return context.change(model, () -> {
            int number = VersionNumbers.take(context, directory);
            Path pending =
                    directory.versions().resolve(ModelDirectory.PENDING_PREFIX + number + "-" + Definitions.random());
            context.operations().createDirectory(pending);
            return new PendingVersion(context, directory, number, pending);
        });
    }

    Version open(String model, int number) {
        return VersionOpener.open(context.existingVersion(model, number), number);
    }

    VersionInfo get(String model, int number) {
        ModelDirectory directory = context.existingVersion(model, number);
        return StoreContext.run(model, number, () -> info(directory, number, aliases(directory)));
    }

    List<VersionInfo> list(String model) {
        ModelDirectory directory = context.existing(model);
        return StoreContext.run(model, 0, () -> {
            Optional<AliasTable> aliases = aliases(directory);
            List<VersionInfo> infos = new ArrayList<>();
            for (int number : directory.versionNumbers()) {
                infos.add(info(directory, number, aliases));
            }
            return infos;
        });
    }

    /** Returns the aliases; empty when they are damaged, which must not hide the versions. */
    private static Optional<AliasTable> aliases(ModelDirectory directory) {
        try {
            return Optional.of(AliasTable.read(
                    directory, LedgerFile.read(directory.ledger()).ledger()));
        } catch (IOException exception) {
            return Optional.empty();
        }
    }

    private static VersionInfo info(ModelDirectory directory, int number, Optional<AliasTable> aliases) {
        List<String> names = aliases.map(table -> table.namesOf(number)).orElse(List.of());
        try {
            Manifest manifest = StoreContext.run(
                    directory.name(),
                    number,
                    () -> VersionOpener.readManifest(directory.version(number), directory.name(), number));
            return new VersionInfo(directory.name(), number, Optional.of(manifest), names, "");
        } catch (CorruptException | IncompatibleException exception) {
            return new VersionInfo(
                    directory.name(), number, Optional.empty(), names, String.valueOf(exception.getMessage()));
        }
    }

    void delete(String model, int number, Cause cause) {
        context.existingVersion(model, number);
        context.change(model, () -> {
            ModelDirectory directory = context.existingVersion(model, number);
            LedgerFile.Content content = LedgerFile.read(directory.ledger());
            List<String> aliases = AliasTable.read(directory, content.ledger()).namesOf(number);
            if (!aliases.isEmpty()) {
                throw new PreconditionException(
                        "Version '" + Manifest.id(model, number) + "'",
                        "alias " + String.join(", ", aliases) + " points at it; move the alias first");
            }
            LedgerEntry entry = new LedgerEntry(
                    content.nextSequence(),
                    context.clock().instant(),
                    Action.DELETE_VERSION,
                    "",
                    number,
                    0,
                    0,
                    cause.actor(),
                    cause.reason());
            LedgerFile.append(directory.ledger(), entry, context.operations());
            Path trash =
                    directory.versions().resolve(ModelDirectory.TRASH_PREFIX + number + "-" + Definitions.random());
            context.operations().move(directory.version(number), trash);
            context.operations().forceDirectory(directory.versions());
            context.operations().deleteTree(trash);
            return number;
        });
    }
}
