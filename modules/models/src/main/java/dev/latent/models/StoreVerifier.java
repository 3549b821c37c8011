package dev.latent.models;

import dev.latent.spi.Section;
import dev.latent.storage.StoredFileException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Checks everything and never stops at the first problem. For one check. */
final class StoreVerifier {

    private final StoreContext context;
    private final List<VerifyProblem> problems = new ArrayList<>();
    private final List<String> strays = new ArrayList<>();
    private int models;
    private int versions;

    StoreVerifier(StoreContext context) {
        this.context = context;
    }

    VerifyReport report() {
        return new VerifyReport(models, versions, problems, strays);
    }

    /** A check that may fail. */
    private interface Check {
        void run() throws IOException;
    }

    private void check(String model, int version, String file, Check check) {
        try {
            check.run();
        } catch (StoredFileException exception) {
            String name = file.isEmpty() || file.endsWith("/")
                    ? file + exception.path().getFileName()
                    : file;
            problems.add(new VerifyProblem(
                    model,
                    version,
                    name,
                    exception.problem() + " is " + exception.actual() + ", expected " + exception.expected()));
        } catch (IOException | RuntimeException exception) {
            problems.add(new VerifyProblem(
                    model, version, file, exception.getClass().getSimpleName() + ": " + exception.getMessage()));
        }
    }

    void verifyAll() {
        check("", 0, "", () -> {
            for (Path entry : ModelDirectory.entries(context.root())) {
                String name = entry.getFileName().toString();
                ModelDirectory model = ModelDirectory.of(context.root(), name);
                if (Names.isName(name) && model.exists()) {
                    verifyModel(model);
                } else {
                    strays.add(name);
                }
            }
        });
    }

    private void verifyModel(ModelDirectory model) {
        models++;
        check(model.name(), 0, "", () -> Definitions.read(model));
        check(model.name(), 0, "", () -> VersionNumbers.stored(model));
        check(model.name(), 0, "", () -> AliasTable.stored(model));
        check(model.name(), 0, "ledger.jsonl", () -> verifyLedger(model));
        check(model.name(), 0, "versions", () -> {
            if (!Files.isDirectory(model.versions(), LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("the directory is missing, expected one, if only an empty one");
            }
            for (Path entry : ModelDirectory.entries(model.versions())) {
                if (ModelDirectory.isVersion(entry)) {
                    verifyVersion(model, Integer.parseInt(entry.getFileName().toString()));
                } else {
                    strays.add(model.name() + "/versions/" + entry.getFileName());
                }
            }
        });
    }

    private void verifyLedger(ModelDirectory model) throws IOException {
        LedgerFile.Content content = LedgerFile.read(model.ledger());
        for (String damage : content.ledger().damage()) {
            problems.add(new VerifyProblem(model.name(), 0, "ledger.jsonl", damage));
        }
        if (content.isTorn()) {
            strays.add(model.name() + "/ledger.jsonl: a last line of "
                    + (content.totalBytes() - content.committedBytes()) + " bytes that was never committed");
        }
        Map<String, Alias> fromLedger = new TreeMap<>();
        content.ledger()
                .entries()
                .forEach(entry -> fromLedger.put(
                        entry.alias(), new Alias(entry.alias(), entry.version(), entry.generation(), entry.time())));
        AliasTable table = AliasTable.read(model, content.ledger());
        for (Alias alias : table.states().values()) {
            Alias recorded = fromLedger.get(alias.name());
            if (recorded == null || recorded.generation() < alias.generation()) {
                problems.add(new VerifyProblem(
                        model.name(),
                        0,
                        "ledger.jsonl",
                        "the last entry of alias '" + alias.name() + "' is of generation "
                                + (recorded == null ? 0 : recorded.generation()) + ", expected " + alias.generation()
                                + " as aliases.json says"));
            }
        }
        for (Alias alias : table.all()) {
            if (!model.hasVersion(alias.version())) {
                problems.add(new VerifyProblem(
                        model.name(),
                        alias.version(),
                        "manifest.json",
                        "alias '" + alias.name() + "' points at a version that is missing, expected it to be there"));
            }
        }
    }

    /** Checks one version, SHA-256 and finiteness included. */
    void verifyVersion(ModelDirectory model, int number) {
        versions++;
        Path path = model.version(number);
        String prefix = "versions/" + number + "/";
        List<Manifest> read = new ArrayList<>();
        check(model.name(), number, prefix, () -> read.add(VersionOpener.readManifest(path, model.name(), number)));
        if (read.isEmpty()) {
            return;
        }
        Manifest manifest = read.getFirst();
        Map<String, Section> sections = new TreeMap<>();
        try (Arena arena = Arena.ofShared()) {
            for (StoredSection stored : manifest.sections()) {
                check(model.name(), number, prefix + stored.file(), () -> {
                    sections.put(stored.name(), verifySection(path, manifest, stored, arena));
                });
            }
            if (sections.size() == manifest.sections().size()) {
                check(
                        model.name(),
                        number,
                        prefix,
                        () -> VersionContents.of(ModelDirectory.manifest(path), manifest.content(), sections));
            }
        }
        check(model.name(), number, prefix, () -> findStrays(path, model.name() + "/" + prefix, manifest));
        String folder = prefix + ModelDirectory.EVALUATIONS + "/";
        check(model.name(), number, folder, () -> verifyEvaluations(model, number, folder));
    }

    private void verifyEvaluations(ModelDirectory model, int number, String prefix) throws IOException {
        Path folder = model.evaluations(number);
        for (Path entry : ModelDirectory.entries(folder)) {
            String name = entry.getFileName().toString();
            if (Evaluations.isEvaluation(entry)) {
                check(
                        model.name(),
                        number,
                        prefix + name,
                        () -> Evaluations.read(folder, Manifest.id(model.name(), number), Evaluations.number(entry)));
            } else {
                strays.add(model.name() + "/" + prefix + name);
            }
        }
    }

    private static Section verifySection(Path path, Manifest manifest, StoredSection stored, Arena arena)
            throws IOException {
        Section section = VersionOpener.openSection(path, manifest.id(), stored, arena);
        String sha256 = VersionSealer.sha256(path.resolve(stored.file()));
        if (!sha256.equals(stored.sha256())) {
            throw new IOException("SHA-256 is " + sha256 + ", expected " + stored.sha256() + " as the manifest says");
        }
        long bad = VersionSealer.firstNotFinite(section);
        if (bad >= 0) {
            throw new IOException("element " + bad + " is not a number, expected all finite");
        }
        return section;
    }

    private void findStrays(Path path, String prefix, Manifest manifest) throws IOException {
        Set<String> files =
                manifest.sections().stream().map(StoredSection::file).collect(Collectors.toSet());
        for (Path entry : ModelDirectory.entries(path)) {
            String name = entry.getFileName().toString();
            boolean isFolder =
                    name.equals(ModelDirectory.EVALUATIONS) && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
            if (!files.contains(name) && !isFolder && !entry.equals(ModelDirectory.manifest(path))) {
                strays.add(prefix + name);
            }
        }
    }
}
