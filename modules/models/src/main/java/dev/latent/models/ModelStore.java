package dev.latent.models;

import dev.latent.models.Aliases.Cause;
import dev.latent.storage.FileOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The models of a home: definitions, sealed versions, aliases and the ledger of who moved them.
 *
 * <p>Nothing is kept in memory: every answer comes from the files, so a restart changes none. A version is published by
 * the rename of a pending directory whose files were forced; an alias is moved by one forced line of the ledger. A reader
 * therefore sees the old state or the new one, whole; a change that was answered survives the loss of power, and one that
 * was not may be there or not. Safe for use by many threads; among processes the holder of the home's lock is the one that
 * may {@link #open} it, any may {@link #openReadOnly}.
 *
 * <p>Methods throw {@link ModelStoreException} for what is refused and {@link UncheckedIOException} when the disk fails.
 */
public final class ModelStore {

    private final StoreContext context;
    private final Definitions definitions;
    private final Versions versions;
    private final Aliases aliases;
    private final Evaluations evaluations;

    private ModelStore(StoreContext context) {
        this.context = context;
        definitions = new Definitions(context);
        versions = new Versions(context);
        aliases = new Aliases(context);
        evaluations = new Evaluations(context);
    }

    /**
     * Opens a store for writing and removes what an earlier stop left behind. The caller holds the home's lock.
     *
     * @param root the directory of models; created when absent, its parent must exist
     * @param operations the seam of file work
     * @param clock stamps what is written
     * @return a store
     * @throws UncheckedIOException when the disk fails
     */
    public static ModelStore open(Path root, FileOperations operations, Clock clock) {
        StoreContext context = new StoreContext(root, operations, clock, true, new ConcurrentHashMap<>());
        try {
            new StoreRecovery(context).run();
        } catch (IOException exception) {
            throw new UncheckedIOException(
                    "Models in " + root + " cannot be opened for writing: " + exception.getMessage()
                            + "; check the permissions and the space of the disk",
                    exception);
        }
        return new ModelStore(context);
    }

    /**
     * Opens a store for reading; changes nothing on the disk and needs no lock.
     *
     * @param root the directory of models; may be absent, which is an empty store
     * @return a store that refuses changes
     */
    public static ModelStore openReadOnly(Path root) {
        return new ModelStore(
                new StoreContext(root, FileOperations.system(), Clock.systemUTC(), false, new ConcurrentHashMap<>()));
    }

    /**
     * Returns the directory of this store, for another process to open it read-only.
     *
     * @return as it was opened
     */
    public Path root() {
        return context.root();
    }

    /**
     * Creates a model without versions.
     *
     * @param definition revision and times are ignored
     * @return as stored, with revision 1
     * @throws AlreadyExistsException when there is one of that name
     */
    public ModelDefinition create(ModelDefinition definition) {
        return definitions.create(definition);
    }

    /**
     * Returns a model's definition.
     *
     * @param model its name
     * @return as stored
     * @throws NotFoundException when there is none
     */
    public ModelDefinition get(String model) {
        return definitions.get(model);
    }

    /**
     * Finds a model's definition.
     *
     * @param model its name
     * @return empty when there is none
     */
    public Optional<ModelDefinition> find(String model) {
        return definitions.find(model);
    }

    /**
     * Lists the models.
     *
     * @return in the order of names; without those whose definition is damaged, which {@link #verifyAll} tells of
     */
    public List<ModelDefinition> list() {
        return definitions.list();
    }

    /**
     * Lists the names of the models, damaged ones included.
     *
     * @return in order
     */
    public List<String> names() {
        return Definitions.names(context);
    }

    /**
     * Changes a model's definition.
     *
     * @param definition of an existing model; revision and times are ignored
     * @param expectedRevision what it must be at; empty to change whatever is there
     * @return as stored, with the next revision
     * @throws ConflictException when it is at another revision
     */
    public ModelDefinition update(ModelDefinition definition, OptionalLong expectedRevision) {
        return definitions.update(definition, expectedRevision);
    }

    /**
     * Deletes a model with its versions, aliases and ledger. A model that is created later under that name starts anew.
     *
     * @param model its name
     * @throws NotFoundException when there is none
     */
    public void delete(String model) {
        definitions.delete(model);
    }

    /**
     * Begins a version.
     *
     * @param model its name
     * @return with the next number; to be published or closed
     */
    public PendingVersion begin(String model) {
        return versions.begin(model);
    }

    /**
     * Opens a version after checking every byte of it against its checksums.
     *
     * @param model its name
     * @param version its number
     * @return memory-mapped; the caller closes it
     * @throws NotFoundException when there is none
     * @throws CorruptException when it is damaged
     * @throws IncompatibleException when another release of Latent wrote it
     */
    public Version open(String model, int version) {
        return versions.open(model, version);
    }

    /**
     * Returns a version as a list shows it.
     *
     * @param model its name
     * @param version its number
     * @return with its manifest, when that can be read
     * @throws NotFoundException when there is none
     */
    public VersionInfo version(String model, int version) {
        return versions.get(model, version);
    }

    /**
     * Lists the versions of a model. A version is a directory with a number for a name and a manifest in it; anything
     * else is passed over.
     *
     * @param model its name
     * @return by ascending number, damaged ones included
     */
    public List<VersionInfo> versions(String model) {
        return versions.list(model);
    }

    /**
     * Deletes a version that no alias points at; one that is open stays readable.
     *
     * @param model its name
     * @param version its number, which is not given again
     * @param actor who
     * @param reason why
     * @throws PreconditionException when an alias points at it
     */
    public void deleteVersion(String model, int version, String actor, String reason) {
        versions.delete(model, version, new Cause(actor, reason));
    }

    /**
     * Keeps an evaluation beside a version, whose sealed files stay as they are; durable when this returns.
     *
     * @param model its name
     * @param version its number
     * @param actor who asked for it
     * @param facts what it came to
     * @return as kept, with its number and time
     * @throws NotFoundException when there is no such version
     */
    public VersionEvaluation addEvaluation(String model, int version, String actor, EvaluationFacts facts) {
        return evaluations.add(model, version, actor, facts);
    }

    /**
     * Lists the evaluations of a version; deleting the version deletes them.
     *
     * @param model its name
     * @param version its number
     * @return newest first; without damaged ones, which {@link #verify} tells of
     * @throws NotFoundException when there is no such version
     */
    public List<VersionEvaluation> evaluations(String model, int version) {
        return evaluations.list(model, version);
    }

    /**
     * Lists the aliases of a model.
     *
     * @param model its name
     * @return in the order of names
     */
    public List<Alias> aliases(String model) {
        return aliases.all(model);
    }

    /**
     * Finds an alias.
     *
     * @param model its name
     * @param alias for example {@code live}
     * @return empty when it is not set
     */
    public Optional<Alias> findAlias(String model, String alias) {
        return aliases.find(model, alias);
    }

    /**
     * Points an alias at a version that opens.
     *
     * @param model its name
     * @param alias is set when absent
     * @param version where it will point
     * @param expectedGeneration what the alias must be at, 0 for one never set; empty to move whatever is there
     * @param actor who
     * @param reason why
     * @return the alias after the move
     * @throws ConflictException when the alias is at another generation
     * @throws CorruptException when the version is damaged
     */
    public Alias promote(
            String model, String alias, int version, OptionalLong expectedGeneration, String actor, String reason) {
        return aliases.promote(model, alias, version, expectedGeneration, new Cause(actor, reason));
    }

    /**
     * Tells where {@link #rollback} would point an alias now, so that a server can open that version first.
     *
     * @param model name of the model
     * @param alias name of the alias
     * @return number of the latest different version it pointed to that opens
     * @throws NotFoundException when there is no such model or alias
     * @throws PreconditionException when there is no such version
     */
    public int rollbackTarget(String model, String alias) {
        return aliases.rollbackTarget(model, alias);
    }

    /**
     * Points an alias back at the last different version that still opens. Rolling back again goes further back, never
     * forward to what was rolled back from.
     *
     * @param model its name
     * @param alias must be set
     * @param expectedGeneration what it must be at; empty to move whatever is there
     * @param actor who
     * @param reason why; versions that were passed over are added to it
     * @return the alias after the move
     * @throws PreconditionException when no earlier version opens
     */
    public Alias rollback(String model, String alias, OptionalLong expectedGeneration, String actor, String reason) {
        return aliases.rollback(model, alias, expectedGeneration, new Cause(actor, reason));
    }

    /**
     * Points an alias back, whatever generation it is at.
     *
     * @param model its name
     * @param alias must be set
     * @param actor who
     * @param reason why
     * @return the alias after the move
     * @throws PreconditionException when no earlier version opens
     */
    public Alias rollback(String model, String alias, String actor, String reason) {
        return rollback(model, alias, OptionalLong.empty(), actor, reason);
    }

    /**
     * Removes an alias; its generation goes on counting.
     *
     * @param model its name
     * @param alias must be set
     * @param expectedGeneration what it must be at; empty to remove whatever is there
     * @param actor who
     * @param reason why
     */
    public void removeAlias(String model, String alias, OptionalLong expectedGeneration, String actor, String reason) {
        aliases.remove(model, alias, expectedGeneration, new Cause(actor, reason));
    }

    /**
     * Reads the ledger of a model.
     *
     * @param model its name
     * @return all entries, oldest first
     */
    public Ledger ledger(String model) {
        return aliases.ledger(model);
    }

    /**
     * Checks a version and its evaluations, SHA-256 included.
     *
     * @param model its name
     * @param version its number
     * @return every problem
     * @throws NotFoundException when there is none
     */
    public VerifyReport verify(String model, int version) {
        StoreVerifier verifier = new StoreVerifier(context);
        verifier.verifyVersion(context.existingVersion(model, version), version);
        return verifier.report();
    }

    /**
     * Checks every file of every model, SHA-256 included; never stops at the first problem.
     *
     * @return every problem
     */
    public VerifyReport verifyAll() {
        StoreVerifier verifier = new StoreVerifier(context);
        verifier.verifyAll();
        return verifier.report();
    }
}
