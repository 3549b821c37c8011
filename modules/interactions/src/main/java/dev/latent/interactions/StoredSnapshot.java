package dev.latent.interactions;

import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import dev.latent.storage.CorruptFileException;
import dev.latent.storage.FileTooNewException;
import dev.latent.storage.JsonFiles;
import dev.latent.storage.SectionFile;
import dev.latent.storage.StringTable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot in files, mapped read-only. Thread-safe; its memory is not to be touched after it is closed.
 *
 * <p>Opening checks every file's checksum against its content and against {@code snapshot.json}.
 */
public final class StoredSnapshot implements Snapshot, AutoCloseable {

    private final Arena arena;
    private final SnapshotInfo info;
    private final StringTable users;
    private final StringTable items;
    private final SparseRows byUser;
    private final SparseRows byItem;
    private final @Nullable StringTable itemFeatureNames;
    private final @Nullable SparseRows itemFeatures;
    private final @Nullable StringTable userFeatureNames;
    private final @Nullable SparseRows userFeatures;

    private StoredSnapshot(Path directory, SnapshotInfo info, Arena arena) throws IOException {
        this.arena = arena;
        this.info = info;
        String id = info.objectId();
        users = StringTable.open(directory, id, "users", arena);
        items = StringTable.open(directory, id, "items", arena);
        byUser = SnapshotLayout.rows(directory, id, "by_user", info.users(), info.items(), info.times(), arena);
        byItem = SnapshotLayout.rows(directory, id, "by_item", info.items(), info.users(), info.times(), arena);
        boolean ofItems = info.features() > 0;
        itemFeatureNames = ofItems ? StringTable.open(directory, id, SnapshotLayout.ITEM_FEATURE_NAMES, arena) : null;
        itemFeatures =
                ofItems ? features(directory, SnapshotLayout.ITEM_FEATURES, info.items(), info.features()) : null;
        userFeatureNames = info.hasUserFeatures()
                ? StringTable.open(directory, id, SnapshotLayout.USER_FEATURE_NAMES, arena)
                : null;
        userFeatures = userFeatureNames == null
                ? null
                : features(
                        directory,
                        SnapshotLayout.USER_FEATURES,
                        info.users(),
                        Math.toIntExact(userFeatureNames.size()));
        if (users.size() != info.users() || items.size() != info.items() || byUser.count() != info.interactions()) {
            throw new CorruptFileException(
                    directory.resolve(SnapshotLayout.INFO),
                    "the counts",
                    info.users() + " users, " + info.items() + " items, " + info.interactions() + " interactions",
                    users.size() + ", " + items.size() + " and " + byUser.count() + " as the sections have");
        }
    }

    private SparseRows features(Path directory, String name, int rows, int columns) throws IOException {
        return SnapshotLayout.rows(directory, info.objectId(), name, rows, columns, false, arena);
    }

    /**
     * Opens a snapshot that {@link SnapshotFiles} wrote.
     *
     * @param directory holds it
     * @return to be closed
     * @throws dev.latent.storage.StoredFileException when a file is damaged, of another snapshot or of a newer format
     * @throws IOException when it cannot be read
     */
    @SuppressWarnings("MustBeClosedChecker") // the snapshot owns the arena
    public static StoredSnapshot open(Path directory) throws IOException {
        Path file = directory.resolve(SnapshotLayout.INFO);
        SnapshotInfo info = JsonFiles.read(file, SnapshotInfo.class);
        if (info.formatVersion() != 1) {
            throw new FileTooNewException(file, "formatVersion", Integer.toString(info.formatVersion()), "1");
        }
        Arena arena = Arena.ofShared();
        try {
            checkSections(directory, info);
            StoredSnapshot snapshot = new StoredSnapshot(directory, info, arena);
            snapshot.release();
            return snapshot;
        } catch (IOException | RuntimeException exception) {
            arena.close();
            throw exception;
        }
    }

    /** In mappings of their own: what stays mapped would be counted as memory of the process twice. */
    private static void checkSections(Path directory, SnapshotInfo info) throws IOException {
        for (Map.Entry<String, String> section : info.sections().entrySet()) {
            Path file = SnapshotLayout.file(directory, section.getKey());
            int checksum;
            try (Arena arena = Arena.ofConfined()) {
                checksum = SectionFile.openSealed(file, info.objectId(), section.getKey(), arena)
                        .crc32c();
            }
            if (!SectionFile.hex(checksum).equals(section.getValue())) {
                throw new CorruptFileException(
                        file,
                        "CRC32C",
                        SectionFile.hex(checksum),
                        section.getValue() + " as " + SnapshotLayout.INFO + " says");
            }
        }
    }

    /**
     * Gives the memory of the mapped interactions back to the system until they are read again, from its cache or the disk:
     * for a while in which others work on a copy.
     */
    public void release() {
        release(byUser);
        release(byItem);
    }

    private static void release(SparseRows rows) {
        for (MemorySegment segment : List.of(rows.offsets(), rows.indices(), rows.values(), rows.times())) {
            if (segment.isMapped() && segment.byteSize() > 0) {
                segment.unload();
            }
        }
    }

    /**
     * Returns what the snapshot says of itself.
     *
     * @return counts, dataset, checksums
     */
    public SnapshotInfo info() {
        return info;
    }

    /**
     * Returns the user ids.
     *
     * @return by number, in the order of their bytes
     */
    public StringTable users() {
        return users;
    }

    /**
     * Returns the item ids.
     *
     * @return by number, in the order of their bytes
     */
    public StringTable items() {
        return items;
    }

    /**
     * Returns what the columns of {@link #itemFeatures} are.
     *
     * @return see {@link ItemRecord#features}; empty when there are no features
     */
    public Optional<StringTable> itemFeatureNames() {
        return Optional.ofNullable(itemFeatureNames);
    }

    /**
     * Returns what the columns of {@link #userFeatures} are.
     *
     * @return see {@link UserRecord#features}; empty when there are no features
     */
    public Optional<StringTable> userFeatureNames() {
        return Optional.ofNullable(userFeatureNames);
    }

    @Override
    public int userCount() {
        return info.users();
    }

    @Override
    public int itemCount() {
        return info.items();
    }

    @Override
    public long interactionCount() {
        return info.interactions();
    }

    @Override
    public SparseRows byUser() {
        return byUser;
    }

    @Override
    public SparseRows byItem() {
        return byItem;
    }

    @Override
    public String fingerprint() {
        return info.fingerprint();
    }

    @Override
    public Optional<SparseRows> itemFeatures() {
        return Optional.ofNullable(itemFeatures);
    }

    @Override
    public Optional<SparseRows> userFeatures() {
        return Optional.ofNullable(userFeatures);
    }

    @Override
    public void close() {
        arena.close();
    }
}
