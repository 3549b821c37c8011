package dev.latent.storage;

import dev.latent.spi.Section;
import dev.latent.spi.SectionWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Writes the sections of one object into a directory, each as {@code <name>.section}; for one thread. */
public final class SectionDirectory implements SectionWriter {

    /** How the names of section files end. */
    public static final String SUFFIX = ".section";

    private final Path directory;
    private final String objectId;
    private final FileOperations operations;
    private final Set<String> names = new HashSet<>();

    /**
     * Creates a writer; nothing is written yet.
     *
     * @param directory must exist
     * @param objectId whose sections they are, for example {@code movies@7}
     * @param operations the seam
     */
    public SectionDirectory(Path directory, String objectId, FileOperations operations) {
        this.directory = directory;
        this.objectId = objectId;
        this.operations = operations;
    }

    /** {@inheritDoc} It is on the disk when this method returns; its name is once the directory is forced. */
    @Override
    public void write(Section section) throws IOException {
        if (!names.add(section.name())) {
            throw new IllegalArgumentException(
                    "Section '" + section.name() + "' of '" + objectId + "' was written before; each name goes once");
        }
        SectionFileWriter.write(fileOf(section.name()), objectId, section, operations);
    }

    /**
     * Returns where a section is stored.
     *
     * @param name of the section
     * @return in this directory
     */
    public Path fileOf(String name) {
        return directory.resolve(name + SUFFIX);
    }
}
