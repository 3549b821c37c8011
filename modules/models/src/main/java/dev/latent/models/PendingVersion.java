package dev.latent.models;

import dev.latent.spi.SectionWriter;
import dev.latent.storage.SectionDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A version in the making. It has two ends only: {@link #publish} seals it, {@link #close} without that deletes it; if
 * neither comes because the process dies, the next start of the store deletes it. For one thread.
 */
public final class PendingVersion implements AutoCloseable {

    private final StoreContext context;
    private final ModelDirectory model;
    private final int number;
    private final Path directory;
    private final SectionDirectory sections;
    private boolean ended;

    PendingVersion(StoreContext context, ModelDirectory model, int number, Path directory) {
        this.context = context;
        this.model = model;
        this.number = number;
        this.directory = directory;
        sections = new SectionDirectory(directory, id(), context.operations());
    }

    /**
     * Returns the number that was taken for it.
     *
     * @return never given again, whatever the end
     */
    public int number() {
        return number;
    }

    /**
     * Returns how the version will be called, and its sections are.
     *
     * @return for example {@code movies@7}
     */
    public String id() {
        return Manifest.id(model.name(), number);
    }

    /**
     * Returns where {@link VersionWriter} writes.
     *
     * @return an existing directory
     */
    public Path directory() {
        return directory;
    }

    /**
     * Returns a way to add sections one by one.
     *
     * @return writes into {@link #directory()}
     */
    public SectionWriter sections() {
        return sections;
    }

    /**
     * Checks everything that was written, seals it and gives it its name. Durable when it returns; when it throws, the
     * version is there whole or not at all.
     *
     * @param metadata what the run tells
     * @return the version, open; the caller closes it
     * @throws CorruptException when a file is damaged, missing or not of this version
     * @throws PreconditionException when a number in it is not finite, or it was ended before
     */
    public Version publish(VersionMetadata metadata) {
        if (ended) {
            throw new PreconditionException(
                    "Version '" + id() + "'", "it was published or closed before; begin another");
        }
        VersionSealer sealer = new VersionSealer(context, id(), directory);
        StoreContext.run(model.name(), number, () -> {
            sealer.seal(model.name(), number, metadata);
            return number;
        });
        context.change(model.name(), () -> {
            context.operations().move(directory, model.version(number));
            ended = true;
            context.operations().forceDirectory(model.versions());
            return number;
        });
        return VersionOpener.open(model, number);
    }

    /** Deletes what was written, unless it was published; a second call does nothing. */
    @Override
    public void close() {
        if (ended) {
            return;
        }
        ended = true;
        try {
            context.operations().deleteTree(directory);
        } catch (IOException exception) {
            throw new UncheckedIOException(
                    "Pending version '" + id() + "' cannot be deleted; the next start of the store does it", exception);
        }
    }
}
