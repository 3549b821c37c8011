package dev.latent.interactions;

import dev.latent.spi.ElementType;
import dev.latent.spi.Section;
import dev.latent.spi.SparseRows;
import dev.latent.storage.CorruptFileException;
import dev.latent.storage.SectionDirectory;
import dev.latent.storage.SectionFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * The files of a snapshot's directory: {@code snapshot.json} ({@link SnapshotInfo}), written last, and sections of one
 * column each, in {@link SectionFile}s. U users, I items, N pairs, F features.
 *
 * <table>
 * <caption>Sections</caption>
 * <tr><th>name</th><th>type</th><th>rows</th><th>what</th></tr>
 * <tr><td>{@code users_offsets}, {@code users_bytes}</td><td>INT64, INT8</td><td>U + 1, bytes</td><td>user ids, a string
 *     table, by ascending bytes</td></tr>
 * <tr><td>{@code items_offsets}, {@code items_bytes}</td><td>INT64, INT8</td><td>I + 1, bytes</td><td>item ids, the
 *     same</td></tr>
 * <tr><td>{@code by_user_offsets}</td><td>INT64</td><td>U + 1</td><td>where each user's pairs start</td></tr>
 * <tr><td>{@code by_user_indices}</td><td>INT32</td><td>N</td><td>items, ascending within a user</td></tr>
 * <tr><td>{@code by_user_values}</td><td>FLOAT32</td><td>N</td><td>values</td></tr>
 * <tr><td>{@code by_user_times}</td><td>INT64</td><td>N</td><td>seconds since 1970 UTC; absent when no pair has a
 *     time</td></tr>
 * <tr><td>{@code by_item_…}</td><td></td><td></td><td>the same pairs by item</td></tr>
 * <tr><td>{@code feature_names_offsets}, {@code …_bytes}</td><td>INT64, INT8</td><td>F + 1, bytes</td><td>categories,
 *     and attributes as {@code name=text} that at least two items share, ascending; this and the next absent when there are
 *     none</td></tr>
 * <tr><td>{@code item_features_offsets}, {@code …_indices}, {@code …_values}</td><td></td><td></td><td>each item's
 *     features with the value 1</td></tr>
 * <tr><td>{@code user_feature_names_…}, {@code user_features_…}</td><td></td><td></td><td>the same of users; absent when
 *     there are none</td></tr>
 * </table>
 */
final class SnapshotLayout {

    static final String INFO = "snapshot.json";
    static final String OFFSETS = "_offsets";
    static final String INDICES = "_indices";
    static final String VALUES = "_values";
    static final String TIMES = "_times";
    static final String ITEM_FEATURES = "item_features";
    static final String ITEM_FEATURE_NAMES = "feature_names";
    static final String USER_FEATURES = "user_features";
    static final String USER_FEATURE_NAMES = "user_feature_names";

    private SnapshotLayout() {}

    static SparseRows rows(
            Path directory, String objectId, String name, int rows, int columns, boolean withTimes, Arena arena)
            throws IOException {
        Section offsets = open(directory, objectId, name + OFFSETS, ElementType.INT64, arena);
        Section indices = open(directory, objectId, name + INDICES, ElementType.INT32, arena);
        Section values = open(directory, objectId, name + VALUES, ElementType.FLOAT32, arena);
        MemorySegment times = withTimes
                ? open(directory, objectId, name + TIMES, ElementType.INT64, arena)
                        .data()
                : MemorySegment.NULL;
        try {
            return new SparseRows(rows, columns, offsets.data(), indices.data(), values.data(), times);
        } catch (IllegalArgumentException | IndexOutOfBoundsException exception) {
            CorruptFileException corrupt = new CorruptFileException(
                    file(directory, name + OFFSETS),
                    "the shape",
                    String.valueOf(exception.getMessage()),
                    "that of " + INFO);
            corrupt.initCause(exception);
            throw corrupt;
        }
    }

    private static Section open(Path directory, String objectId, String name, ElementType type, Arena arena)
            throws IOException {
        Section section = SectionFile.open(file(directory, name), objectId, name, arena);
        if (section.type() != type || section.columns() != 1) {
            throw new CorruptFileException(
                    file(directory, name),
                    "the shape",
                    section.columns() + " columns of " + section.type(),
                    "one of " + type);
        }
        return section;
    }

    static Path file(Path directory, String section) {
        return directory.resolve(section + SectionDirectory.SUFFIX);
    }
}
