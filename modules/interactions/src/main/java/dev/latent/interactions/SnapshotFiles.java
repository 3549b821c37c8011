package dev.latent.interactions;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes snapshots of datasets and of rows in memory. */
public final class SnapshotFiles {

    private SnapshotFiles() {}

    public static SnapshotInfo write(InteractionStore store, String dataset, SnapshotOptions options, Path directory)
            throws IOException {
        throw new UnsupportedOperationException();
    }

    public static SnapshotInfo of(
            List<Interaction> interactions,
            List<ItemRecord> items,
            RepeatPolicy policy,
            SnapshotOptions options,
            Path directory)
            throws IOException {
        throw new UnsupportedOperationException();
    }
}
