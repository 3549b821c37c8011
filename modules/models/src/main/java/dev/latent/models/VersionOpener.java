package dev.latent.models;

import dev.latent.spi.Section;
import dev.latent.storage.CorruptFileException;
import dev.latent.storage.SectionFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Opens versions: everything is compared with the manifest before anything is believed, all but the SHA-256 of sections. */
final class VersionOpener {

    private VersionOpener() {}

    static Version open(ModelDirectory directory, int number) {
        return StoreContext.run(directory.name(), number, () -> openChecked(directory, number));
    }

    // The arena is the version's, which closes it.
    @SuppressWarnings("MustBeClosedChecker")
    private static Version openChecked(ModelDirectory directory, int number) throws IOException {
        Path path = directory.version(number);
        Manifest manifest = readManifest(path, directory.name(), number);
        Arena arena = Arena.ofShared();
        try {
            Map<String, Section> sections = new TreeMap<>();
            for (StoredSection stored : manifest.sections()) {
                sections.put(stored.name(), openSection(path, manifest.id(), stored, arena));
            }
            VersionContents contents = VersionContents.of(ModelDirectory.manifest(path), manifest.content(), sections);
            return new Version(manifest, arena, sections, contents);
        } catch (IOException | RuntimeException | Error failure) {
            arena.close();
            throw failure;
        }
    }

    /** Reads the manifest of a version and checks whose it is. */
    static Manifest readManifest(Path version, String model, int number) throws IOException {
        Path file = ModelDirectory.manifest(version);
        Manifest manifest = SealedJson.read(file, Manifest.FORMAT_VERSION, Manifest.class);
        String expected = Manifest.id(model, number);
        if (!manifest.id().equals(expected)) {
            throw new CorruptFileException(file, "the version", "'" + manifest.id() + "'", "'" + expected + "'");
        }
        return manifest;
    }

    /** Maps a section and compares it with the manifest. */
    static Section openSection(Path version, String id, StoredSection stored, Arena arena) throws IOException {
        Path file = version.resolve(stored.file());
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) != stored.bytes()) {
            throw new CorruptFileException(
                    file, "length", Files.size(file) + " bytes", stored.bytes() + " as the manifest says");
        }
        SectionFile.Opened opened = SectionFile.openSealed(file, id, stored.name(), arena);
        String checksum = SectionFile.hex(opened.crc32c());
        if (!checksum.equals(stored.crc32c())) {
            throw new CorruptFileException(file, "CRC32C", checksum, stored.crc32c() + " as the manifest says");
        }
        Section section = opened.section();
        if (section.type() != stored.type()
                || section.rows() != stored.rows()
                || section.columns() != stored.columns()) {
            throw new CorruptFileException(
                    file,
                    "the shape",
                    section.rows() + " x " + section.columns() + " " + section.type(),
                    stored.rows() + " x " + stored.columns() + " " + stored.type() + " as the manifest says");
        }
        return section;
    }
}
