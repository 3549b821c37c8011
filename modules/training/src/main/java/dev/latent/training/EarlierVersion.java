package dev.latent.training;

import dev.latent.interactions.StoredSnapshot;
import dev.latent.models.ModelStore;
import dev.latent.models.Version;
import dev.latent.spi.PreviousVersion;
import dev.latent.storage.IdIndex;
import dev.latent.storage.StringTable;
import java.nio.file.Path;
import java.util.Arrays;

/** The version that a run starts from, open as long as the run works, with its rows by today's users and items. */
final class EarlierVersion implements AutoCloseable {

    private static final int ABSENT = -1;

    private final Version version;
    private final PreviousVersion previous;

    private EarlierVersion(Version version, PreviousVersion previous) {
        this.version = version;
        this.previous = previous;
    }

    /** Opens a version and finds the users and items of a snapshot in it, by their ids. */
    static EarlierVersion open(WarmStart start, StoredSnapshot snapshot) {
        Version version = ModelStore.openReadOnly(Path.of(start.models())).open(start.model(), start.version());
        try {
            return new EarlierVersion(
                    version,
                    new PreviousVersion(
                            version.embedding()
                                    .orElseThrow(() -> new RunFailureException("Version '" + start.name()
                                            + "' has no embeddings to start from; train without a warm start")),
                            rows(snapshot.users(), version.users()),
                            rows(snapshot.items(), version.items())));
        } catch (RuntimeException e) {
            version.close();
            throw e;
        }
    }

    private static int[] rows(StringTable today, StringTable earlier) {
        IdIndex index = IdIndex.of(earlier);
        int[] rows = new int[Math.toIntExact(today.size())];
        for (int number = 0; number < rows.length; number++) {
            rows[number] = index.find(today.get(number));
        }
        return rows;
    }

    PreviousVersion previous() {
        return previous;
    }

    /** How much of the earlier version is of use, for the log. */
    String describe() {
        return "Starts from " + version.id() + ": " + known(previous.users()) + " of " + previous.users().length
                + " users and " + known(previous.items()) + " of " + previous.items().length
                + " items were in it; what is held out now may have been learnt from then";
    }

    private static long known(int[] rows) {
        return Arrays.stream(rows).filter(row -> row != ABSENT).count();
    }

    @Override
    public void close() {
        version.close();
    }
}
