package dev.latent.models;

import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.Section;
import dev.latent.spi.SectionReader;
import dev.latent.storage.StringTable;
import java.lang.foreign.Arena;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An opened version: every file of it was checked, its sections are memory-mapped. Immutable and safe for use by many
 * threads.
 *
 * <p>Owns the mapping: whoever closes it makes sure that nobody reads it any more; later reads of the matrices throw
 * {@link IllegalStateException}. Deleting the version on disk does not disturb one that is open.
 */
public final class Version implements AutoCloseable {

    /** The name of the table of user ids. */
    static final String USER_IDS = "user_ids";

    /** The name of the table of item ids. */
    static final String ITEM_IDS = "item_ids";

    /** The name of the table of names of item features, an extra section of {@link VersionWriter}. */
    public static final String ITEM_FEATURE_NAMES = "item_feature_names";

    /** The name of the table of names of user features, an extra section of {@link VersionWriter}. */
    public static final String USER_FEATURE_NAMES = "user_feature_names";

    private final Manifest manifest;
    private final Arena arena;
    private final Map<String, Section> sections;
    private final StringTable users;
    private final StringTable items;
    private final Optional<EmbeddingModel> embedding;
    private final Optional<StringTable> itemFeatureNames;
    private final Optional<StringTable> userFeatureNames;

    Version(Manifest manifest, Arena arena, Map<String, Section> sections, VersionContents contents) {
        this.manifest = manifest;
        this.arena = arena;
        this.sections = Collections.unmodifiableMap(new TreeMap<>(sections));
        users = contents.users();
        items = contents.items();
        embedding = contents.embedding();
        itemFeatureNames = contents.itemFeatureNames();
        userFeatureNames = contents.userFeatureNames();
    }

    /**
     * Returns what seals this version.
     *
     * @return as stored
     */
    public Manifest manifest() {
        return manifest;
    }

    /**
     * Returns how this version is called.
     *
     * @return for example {@code movies@7}
     */
    public String id() {
        return manifest.id();
    }

    /**
     * Returns the ids of the users in the order of their rows.
     *
     * @return one for each user
     */
    public StringTable users() {
        return users;
    }

    /**
     * Returns the ids of the items in the order of their rows.
     *
     * @return one for each item
     */
    public StringTable items() {
        return items;
    }

    /**
     * Returns the vectors.
     *
     * @return empty for {@link ModelKind#SCORING}, which its plugin reopens from {@link #sections()}
     */
    public Optional<EmbeddingModel> embedding() {
        return embedding;
    }

    /**
     * Returns what the rows of {@link EmbeddingModel#itemFeatureFactors} are.
     *
     * @return names as in the snapshot that was trained on; empty when there are no such vectors, or no names
     */
    public Optional<StringTable> itemFeatureNames() {
        return itemFeatureNames;
    }

    /**
     * Returns what the rows of {@link EmbeddingModel#userFeatureFactors} are.
     *
     * @return names as in the snapshot that was trained on; empty when there are no such vectors, or no names
     */
    public Optional<StringTable> userFeatureNames() {
        return userFeatureNames;
    }

    /**
     * Returns all sections, as a plugin reads them.
     *
     * @return valid as long as this version is open
     */
    public SectionReader sections() {
        return new MappedSections(id(), sections);
    }

    /**
     * Returns a section.
     *
     * @param name of it
     * @return empty when this version has none of that name
     */
    public Optional<Section> findSection(String name) {
        return Optional.ofNullable(sections.get(name));
    }

    /** Unmaps the sections; a second call does nothing. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
