package dev.latent.models;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What seals a version: where it came from and every file of it.
 *
 * @param formatVersion of the manifest and of the layout of the version
 * @param model whose version it is
 * @param version its number, from 1
 * @param createdAt when it was sealed
 * @param content what it holds
 * @param metadata what its run told
 * @param sections its files
 */
public record Manifest(
        int formatVersion,
        String model,
        int version,
        Instant createdAt,
        VersionContent content,
        VersionMetadata metadata,
        List<StoredSection> sections) {

    /** The format version that is written. */
    public static final int FORMAT_VERSION = 1;

    /** Checks the names and copies the list. */
    public Manifest {
        Names.checkModel(model);
        if (version < 1) {
            throw new IllegalArgumentException("version " + version + ", expected at least 1");
        }
        sections = List.copyOf(sections);
        Set<String> files = new HashSet<>();
        for (StoredSection section : sections) {
            if (!files.add(section.file())) {
                throw new IllegalArgumentException("section file '" + section.file() + "' twice");
            }
        }
    }

    /**
     * Returns how the version is called everywhere.
     *
     * @return for example {@code movies@7}
     */
    public String id() {
        return id(model, version);
    }

    /**
     * Returns how a version is called everywhere.
     *
     * @param model its name
     * @param version its number
     * @return for example {@code movies@7}
     */
    public static String id(String model, int version) {
        return model + "@" + version;
    }

    /**
     * Returns the metrics of the holdout.
     *
     * @return by name
     */
    public Map<String, Double> metrics() {
        return metadata.holdout().metrics();
    }
}
