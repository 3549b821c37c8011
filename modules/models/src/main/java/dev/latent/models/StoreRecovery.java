package dev.latent.models;

import dev.latent.storage.FileOperations;
import dev.latent.storage.JsonFiles;
import dev.latent.storage.StoredFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what a stop left behind: nothing that is referenced, and the same again when it is itself stopped. */
final class StoreRecovery {

    private static final Logger LOG = LoggerFactory.getLogger(StoreRecovery.class);

    private final StoreContext context;
    private final FileOperations operations;

    StoreRecovery(StoreContext context) {
        this.context = context;
        operations = context.operations();
    }

    void run() throws IOException {
        if (!Files.exists(context.root())) {
            operations.createDirectory(context.root());
        }
        removeLitter(context.root());
        for (String name : Definitions.names(context)) {
            recover(ModelDirectory.of(context.root(), name));
        }
    }

    private void removeLitter(Path directory) throws IOException {
        for (Path entry : ModelDirectory.entries(directory)) {
            if (ModelDirectory.isLitter(entry)) {
                LOG.info("Removing {}, which an earlier stop left behind", entry);
                operations.deleteTree(entry);
            }
        }
    }

    private void recover(ModelDirectory model) throws IOException {
        removeLitter(model.versions());
        for (Path file : List.of(model.definition(), model.aliases(), model.numbers())) {
            Path temporary = file.resolveSibling(file.getFileName() + JsonFiles.TEMPORARY_SUFFIX);
            if (Files.exists(temporary)) {
                operations.delete(temporary);
            }
        }
        for (int number : model.versionNumbers()) {
            removeUnfinished(model.evaluations(number));
        }
        LedgerFile.Content content = LedgerFile.read(model.ledger());
        if (content.isTorn()) {
            LOG.warn("Model '{}': the last line of the ledger was never committed and is removed", model.name());
            LedgerFile.dropTorn(model.ledger(), content, operations);
        }
        try {
            refreshAliases(model, content.ledger());
        } catch (StoredFileException exception) {
            LOG.error("Model '{}': its aliases cannot be read: {}", model.name(), exception.getMessage());
        }
    }

    private void removeUnfinished(Path evaluations) throws IOException {
        for (Path entry : ModelDirectory.entries(evaluations)) {
            if (entry.getFileName().toString().endsWith(JsonFiles.TEMPORARY_SUFFIX)) {
                operations.delete(entry);
            }
        }
    }

    /** Brings {@code aliases.json} up to date with an intact ledger. */
    private void refreshAliases(ModelDirectory model, Ledger ledger) throws IOException {
        AliasTable table = AliasTable.read(model, ledger);
        if (!isCurrent(model, table)) {
            LOG.warn("Model '{}': aliases.json is brought up to date with the ledger", model.name());
            table.write(model, operations);
        }
    }

    private static boolean isCurrent(ModelDirectory model, AliasTable table) throws IOException {
        try {
            return AliasTable.stored(model)
                    .aliases()
                    .equals(List.copyOf(table.states().values()));
        } catch (StoredFileException exception) {
            return false;
        }
    }
}
