package dev.latent.interactions;

import dev.latent.storage.StringTable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a snapshot says of itself, {@code snapshot.json}.
 *
 * @param formatVersion of the files, 1
 * @param dataset what it is a copy of
 * @param objectId whose sections the files are
 * @param users number of users, each with at least one interaction
 * @param items number of items, each with at least one interaction
 * @param interactions number of (user, item) pairs
 * @param features number of item features (categories and shared attributes), 0 when there are none
 * @param times whether any interaction has a time
 * @param fingerprint hash of the content, lower-case hexadecimal; of the dataset's name and the time nothing is in it
 * @param sections CRC32C of each section file by its name
 */
public record SnapshotInfo(
        int formatVersion,
        String dataset,
        String objectId,
        int users,
        int items,
        long interactions,
        int features,
        boolean times,
        String fingerprint,
        Map<String, String> sections) {

    /** Copies the map. */
    public SnapshotInfo {
        sections = Collections.unmodifiableMap(new TreeMap<>(sections));
    }

    /** Whether there are features of users: told by their sections, so that earlier files can be read. */
    boolean hasUserFeatures() {
        return sections.containsKey(StringTable.offsetsName(SnapshotLayout.USER_FEATURE_NAMES));
    }
}
