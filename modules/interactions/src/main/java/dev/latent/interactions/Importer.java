package dev.latent.interactions;

import dev.latent.interactions.ImportResult.State;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
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
        List<String> names = sources.stream().map(ImportSource::name).toList();
        List<byte[]> hashes = new ArrayList<>();
        for (ImportSource source : sources) {
            hashes.add(HashedInput.hash(source.path()));
        }
        String fingerprint = fingerprint(hashes);
        ImportNote earlier = find(fingerprint);
        if (earlier != null) {
            return alreadyImported(earlier, fingerprint);
        }
        ProblemLog problems = new ProblemLog(options.maxProblems());
        try (RowSpool rows = new RowSpool(folder.file("rows"))) {
            FileImport files = new FileImport(options, rows, problems, family::checkOpen);
            for (int file = 0; file < sources.size(); file++) {
                read(sources.get(file), hashes.get(file), files, problems);
            }
            if (rows.rows() == 0 && files.items().isEmpty() && !problems.isFatal()) {
                problems.file(names.getFirst(), 0, "holds no good line of data");
            }
            if (problems.refuses(options.skipBadLines())) {
                return refused(problems, names, fingerprint);
            }
            return load(rows, files.items(), problems, names, fingerprint, folder);
        }
    }

    private static void read(ImportSource source, byte[] hash, FileImport files, ProblemLog problems)
            throws IOException {
        try (HashedInput bytes = HashedInput.open(source.path())) {
            files.read(source, bytes);
            if (!Arrays.equals(hash, bytes.finish())) {
                problems.file(source.name(), 0, "was changed while it was read; import it again");
            }
        }
    }

    /** Names do not count, and neither does the rule for bad lines: both would let the same rows in twice. */
    private String fingerprint(List<byte[]> hashes) {
        MessageDigest digest = HashedInput.sha256();
        digest.update("latent import 1".getBytes(StandardCharsets.UTF_8));
        hashes.forEach(digest::update);
        String how = options.type() + " " + Float.toHexString(options.defaultValue());
        return HexFormat.of().formatHex(digest.digest(how.getBytes(StandardCharsets.UTF_8)));
    }

    private @Nullable ImportNote find(String fingerprint) {
        byte[] note = family.database()
                .get(
                        family.handle(),
                        KeyFormat.ofBytes(KeyFormat.IMPORT, HexFormat.of().parseHex(fingerprint)));
        return note == null ? null : ImportNote.decode(family.dataset().name(), note);
    }

    private ImportResult load(
            RowSpool rows,
            Map<String, ItemRecord> items,
            ProblemLog problems,
            List<String> names,
            String fingerprint,
            ImportFolder folder)
            throws IOException {
        ImportNote note = new ImportNote(rows.rows(), items.size(), problems.badLines(), names);
        family.maintenance().lock();
        try {
            ImportNote earlier = find(fingerprint);
            if (earlier != null) {
                return alreadyImported(earlier, fingerprint);
            }
            BulkLoader.Content content = new BulkLoader.Content(rows, items, fingerprint, note);
            new BulkLoader(family, commits, folder, options.limits().windowRows()).load(content);
        } finally {
            family.maintenance().unlock();
        }
        LOG.info(
                "{}: imported {} interactions and {} item records, left out {} lines",
                family.dataset().name(),
                note.interactions(),
                note.itemRecords(),
                note.skippedLines());
        return result(State.IMPORTED, note, problems, fingerprint);
    }

    private static ImportResult result(State state, ImportNote note, ProblemLog problems, String fingerprint) {
        return new ImportResult(
                state,
                note.interactions(),
                note.itemRecords(),
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
        return result(State.REFUSED, new ImportNote(0, 0, 0, names), problems, fingerprint);
    }
}
