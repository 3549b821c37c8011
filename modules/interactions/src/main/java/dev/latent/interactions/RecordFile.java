package dev.latent.interactions;

import dev.latent.interactions.ImportSource.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Reads one file of what is known of items or users without a store, by the same rules as an import: a table under a header
 * that names the column of ids, its other columns being categories parted by bars and attributes; or what MovieLens calls
 * {@code movies.dat}, {@code u.item} ({@code u.genre} beside it), {@code users.dat} and {@code u.user}. Parted by comma, tab,
 * semicolon, bar or {@code ::}; packed by gzip or not.
 *
 * <p>A line that cannot be read refuses the file.
 */
public final class RecordFile {

    private static final InteractionSink NO_INTERACTIONS = new InteractionSink() {
        @Override
        public void add(String userId, String itemId, float value, long time, String type) {
            throw new AssertionError("No table of records holds interactions");
        }

        @Override
        public long rows() {
            return 0;
        }
    };

    private RecordFile() {}

    /**
     * Reads items.
     *
     * @param file what to read
     * @return by id, in the order of the file; of equal ids the last counts
     * @throws IOException when it does not exist or cannot be read
     * @throws InvalidValueException when a line is not an item, or there is none: with file, line and reason
     */
    public static Map<String, ItemRecord> items(Path file) throws IOException {
        return Collections.unmodifiableMap(read(file, List.of(Kind.MOVIELENS_MOVIES, Kind.MOVIELENS_ITEMS), Kind.ITEMS)
                .items());
    }

    /**
     * Reads users.
     *
     * @param file what to read
     * @return by id, in the order of the file; of equal ids the last counts
     * @throws IOException when it does not exist or cannot be read
     * @throws InvalidValueException when a line is not a user, or there is none: with file, line and reason
     */
    public static Map<String, UserRecord> users(Path file) throws IOException {
        return Collections.unmodifiableMap(
                read(file, List.of(Kind.MOVIELENS_USERS, Kind.MOVIELENS_USERS_DAT), Kind.USERS)
                        .users());
    }

    /** A file that is called like one of MovieLens is read as that, any other as a table. */
    private static FileImport read(Path file, List<Kind> named, Kind table) throws IOException {
        ImportSource source = ImportSource.of(file, String.valueOf(file.getFileName()));
        ProblemLog problems = new ProblemLog(ImportOptions.defaults().maxProblems());
        FileImport records = new FileImport(ImportOptions.defaults(), NO_INTERACTIONS, problems, () -> {});
        if (source.kind() == Kind.MOVIELENS_ITEMS) {
            for (ImportSource genres : source.genresBeside()) {
                read(genres, records);
            }
        }
        read(new ImportSource(file, source.name(), named.contains(source.kind()) ? source.kind() : table), records);
        problems.checkNone(file);
        return records;
    }

    private static void read(ImportSource source, FileImport records) throws IOException {
        try (InputStream bytes = Files.newInputStream(source.path())) {
            records.read(source, bytes);
        }
    }
}
