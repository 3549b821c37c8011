package dev.latent.interactions;

import dev.latent.interactions.ImportResult.State;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One import: hash the files, look whether they were imported before, read them into a spool, and only when all of them
 * are good enter them into the store by one ingest.
 */
final class Importer {

    private static final Logger LOG = LoggerFactory.getLogger(Importer.class);

    private final DatasetFamily family;
    private final CommitQueue commits;
    private final Path store;
    private final ImportOptions options;

    Importer(DatasetFamily family, CommitQueue commits, Path store, ImportOptions options) {
        this.family = family;
        this.commits = commits;
        this.store = store;
        this.options = options;
    }

    ImportResult importPath(Path path) {
        List<ImportSource> sources = ImportSource.find(path);
        try (ImportFolder folder = ImportFolder.create(store)) {
            return run(sources, folder);
        } catch (IOException exception) {
            throw failed(path.toString(), exception);
        }
    }

    ImportResult importStream(String fileName, InputStream content) {
        try (ImportFolder folder = ImportFolder.create(store)) {
            Path copy = folder.file("content");
            if (!copyBounded(content, copy)) {
                ProblemLog problems = new ProblemLog(options.maxProblems());
                problems.file(fileName, 0, "has more than " + options.limits().maxTextBytes() + " bytes; split it");
                return refused(problems, List.of(fileName), "");
            }
            return run(List.of(ImportSource.of(copy, fileName)), folder);
        } catch (IOException exception) {
            throw failed(fileName, exception);
        }
    }

    private boolean copyBounded(InputStream content, Path copy) throws IOException {
        long left = options.limits().maxTextBytes();
        try (var out = Files.newOutputStream(copy)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                family.checkOpen();
                left -= read;
                if (left < 0) {
                    return false;
                }
                out.write(buffer, 0, read);
            }
        }
        return true;
    }

    private static InteractionStoreException failed(String what, IOException exception) {
        return new InteractionStoreException(
                "Cannot import '" + Names.shown(what) + "': " + exception + "; nothing of it was kept", exception);
    }

    private ImportResult run(List<ImportSource> sources, ImportFolder folder) throws IOException {
        HashedSources all = HashedSources.of(sources);
        String fingerprint = all.fingerprint(options);
        ImportNote earlier = find(fingerprint);
        if (earlier != null) {
            return alreadyImported(earlier, fingerprint);
        }
        HashedSources rest = all.only(source -> !source.isOfUsers());
        boolean usersOnly = !rest.isEmpty() && find(rest.fingerprint(options)) != null;
        HashedSources read = usersOnly ? all.only(ImportSource::isOfUsers) : all;
        ProblemLog problems = new ProblemLog(options.maxProblems());
        try (RowSpool rows = new RowSpool(folder.file("rows"))) {
            FileImport files = new FileImport(options, rows, problems, family::checkOpen);
            for (HashedSources.Hashed file : read.files()) {
                read(file, files, problems);
            }
            boolean empty =
                    rows.rows() == 0 && files.items().isEmpty() && files.users().isEmpty();
            if (empty && !problems.isFatal()) {
                problems.file(read.names().getFirst(), 0, "holds no good line of data");
            }
            if (problems.refuses(options.skipBadLines())) {
                return refused(problems, read.names(), fingerprint);
            }
            SortedMap<String, ImportNote> notes = new TreeMap<>();
            long lines = problems.badLines();
            if (!rest.isEmpty() && !usersOnly) {
                notes.put(
                        rest.fingerprint(options),
                        new ImportNote(rows.rows(), files.items().size(), 0, lines, rest.names()));
            }
            int users = files.users().size();
            ImportNote note = new ImportNote(rows.rows(), files.items().size(), users, lines, read.names());
            notes.put(fingerprint, note);
            BulkLoader.Content content = new BulkLoader.Content(rows, files.items(), files.users(), notes);
            return load(content, fingerprint, folder)
                    .map(found -> alreadyImported(found, fingerprint))
                    .orElseGet(() -> result(State.IMPORTED, note, problems, fingerprint));
        }
    }

    private static void read(HashedSources.Hashed file, FileImport files, ProblemLog problems) throws IOException {
        try (HashedInput bytes = HashedInput.open(file.source().path())) {
            files.read(file.source(), bytes);
            if (!Arrays.equals(file.hash(), bytes.finish())) {
                problems.file(file.source().name(), 0, "was changed while it was read; import it again");
            }
        }
    }

    private @Nullable ImportNote find(String fingerprint) {
        byte[] note = family.database()
                .get(
                        family.handle(),
                        KeyFormat.ofBytes(KeyFormat.IMPORT, HexFormat.of().parseHex(fingerprint)));
        return note == null ? null : ImportNote.decode(family.dataset().name(), note);
    }

    /** Enters what was read, unless another import entered the same meanwhile, whose note is returned. */
    private Optional<ImportNote> load(BulkLoader.Content content, String fingerprint, ImportFolder folder)
            throws IOException {
        ImportNote note = Objects.requireNonNull(content.notes().get(fingerprint));
        family.maintenance().lock();
        try {
            ImportNote earlier = find(fingerprint);
            if (earlier != null) {
                return Optional.of(earlier);
            }
            if (content.notes().keySet().stream().anyMatch(part -> find(part) != null)) {
                throw new InteractionStoreException(
                        "Dataset '" + family.dataset().name()
                                + "': another call imported a part of " + note.files()
                                + " at the same time; nothing of this import"
                                + " was kept, import it again");
            }
            new BulkLoader(family, commits, folder, options.limits().windowRows()).load(content);
        } finally {
            family.maintenance().unlock();
        }
        LOG.info(
                "{}: imported {} interactions, {} item records and {} user records, left out {} lines",
                family.dataset().name(),
                note.interactions(),
                note.itemRecords(),
                note.userRecords(),
                note.skippedLines());
        return Optional.empty();
    }

    private static ImportResult result(State state, ImportNote note, ProblemLog problems, String fingerprint) {
        return new ImportResult(
                state,
                note.interactions(),
                note.itemRecords(),
                note.userRecords(),
                note.skippedLines(),
                problems.count(),
                problems.first(),
                note.files(),
                fingerprint);
    }

    private static ImportResult alreadyImported(ImportNote note, String fingerprint) {
        return result(State.ALREADY_IMPORTED, note, new ProblemLog(1), fingerprint);
    }

    private static ImportResult refused(ProblemLog problems, List<String> names, String fingerprint) {
        return result(State.REFUSED, new ImportNote(0, 0, 0, 0, names), problems, fingerprint);
    }
}
