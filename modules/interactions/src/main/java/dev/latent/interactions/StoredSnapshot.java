package dev.latent.interactions;

import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import dev.latent.storage.StringTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A snapshot in files, mapped read-only. Thread-safe until it is closed. */
public final class StoredSnapshot implements Snapshot, AutoCloseable {

    public static StoredSnapshot open(Path directory) throws IOException {
        throw new UnsupportedOperationException();
    }

    private StoredSnapshot() {}

    public SnapshotInfo info() {
        throw new UnsupportedOperationException();
    }

    public StringTable users() {
        throw new UnsupportedOperationException();
    }

    public StringTable items() {
        throw new UnsupportedOperationException();
    }

    public Optional<StringTable> itemFeatureNames() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int userCount() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int itemCount() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long interactionCount() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SparseRows byUser() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SparseRows byItem() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String fingerprint() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<SparseRows> itemFeatures() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
