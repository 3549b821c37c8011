package dev.latent.models;

import dev.latent.storage.CorruptFileException;
import dev.latent.storage.FileOperations;
import dev.latent.storage.JsonFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates, changes and removes models. */
final class Definitions {

    private static final Logger LOG = LoggerFactory.getLogger(Definitions.class);
    private static final int FORMAT_VERSION = 1;

    private final StoreContext context;

    Definitions(StoreContext context) {
        this.context = context;
    }

    /**
     * The content of {@code model.json}.
     *
     * @param formatVersion of the file
     * @param model what it defines
     */
    record Stored(int formatVersion, ModelDefinition model) {}

    ModelDefinition create(ModelDefinition definition) {
        return context.change(definition.name(), () -> {
            ModelDirectory target = ModelDirectory.of(context.root(), definition.name());
            if (target.exists()) {
                throw new AlreadyExistsException(definition.name());
            }
            Instant now = context.clock().instant();
            ModelDefinition stamped = definition.stamped(1, now, now);
            FileOperations operations = context.operations();
            Path pending = context.root().resolve(ModelDirectory.PENDING_PREFIX + definition.name() + "-" + random());
            try {
                writeNew(new ModelDirectory(pending, definition.name()), stamped);
                operations.move(pending, target.path());
                operations.forceDirectory(context.root());
            } catch (IOException failure) {
                deleteAfter(failure, pending);
                throw failure;
            }
            return stamped;
        });
    }

    private void writeNew(ModelDirectory directory, ModelDefinition definition) throws IOException {
        FileOperations operations = context.operations();
        operations.createDirectory(directory.path());
        operations.createDirectory(directory.versions());
        operations.forceDirectory(directory.versions());
        JsonFiles.writeNew(directory.ledger(), new byte[0], operations);
        JsonFiles.writeNew(directory.aliases(), AliasTable.emptyFile(), operations);
        JsonFiles.writeNew(directory.numbers(), VersionNumbers.file(0), operations);
        JsonFiles.writeNew(directory.definition(), bytesOf(definition), operations);
        operations.forceDirectory(directory.path());
    }

    private void deleteAfter(IOException failure, Path pending) {
        try {
            context.operations().deleteTree(pending);
        } catch (IOException second) {
            failure.addSuppressed(second);
        }
    }

    static String random() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    private static byte[] bytesOf(ModelDefinition definition) throws IOException {
        return SealedJson.bytesOf(new Stored(FORMAT_VERSION, definition));
    }

    ModelDefinition get(String model) {
        ModelDirectory directory = context.existing(model);
        return StoreContext.run(model, 0, () -> read(directory));
    }

    Optional<ModelDefinition> find(String model) {
        Names.checkModel(model);
        return ModelDirectory.of(context.root(), model).exists() ? Optional.of(get(model)) : Optional.empty();
    }

    static ModelDefinition read(ModelDirectory directory) throws IOException {
        ModelDefinition definition = SealedJson.read(directory.definition(), FORMAT_VERSION, Stored.class)
                .model();
        if (!definition.name().equals(directory.name())) {
            throw new CorruptFileException(
                    directory.definition(), "the model's name", definition.name(), directory.name());
        }
        return definition;
    }

    /** Returns the models whose definitions can be read; the others are for {@code verify} to tell of. */
    List<ModelDefinition> list() {
        List<ModelDefinition> definitions = new ArrayList<>();
        for (String name : names(context)) {
            try {
                definitions.add(get(name));
            } catch (CorruptException | IncompatibleException exception) {
                LOG.error("Model '{}' is left out of the list: {}", name, exception.getMessage());
            }
        }
        return definitions;
    }

    static List<String> names(StoreContext context) {
        return StoreContext.run("*", 0, () -> ModelDirectory.entries(context.root())).stream()
                .map(path -> path.getFileName().toString())
                .filter(Names::isName)
                .filter(name -> ModelDirectory.of(context.root(), name).exists())
                .toList();
    }

    ModelDefinition update(ModelDefinition definition, OptionalLong expectedRevision) {
        ModelDirectory directory = context.existing(definition.name());
        return context.change(definition.name(), () -> {
            ModelDefinition current = read(directory);
            long expected = expectedRevision.orElse(current.revision());
            if (expected != current.revision()) {
                throw new ConflictException("Model '" + current.name() + "'", "revision", expected, current.revision());
            }
            ModelDefinition stamped = definition.stamped(
                    current.revision() + 1, current.created(), context.clock().instant());
            JsonFiles.replace(directory.definition(), bytesOf(stamped), context.operations());
            return stamped;
        });
    }

    void delete(String model) {
        context.existing(model);
        context.change(model, () -> {
            ModelDirectory directory = context.existing(model);
            Path trash = context.root().resolve(ModelDirectory.TRASH_PREFIX + model + "-" + random());
            context.operations().move(directory.path(), trash);
            context.operations().forceDirectory(context.root());
            context.operations().deleteTree(trash);
            return model;
        });
    }
}
