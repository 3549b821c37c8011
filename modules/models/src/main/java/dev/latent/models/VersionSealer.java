package dev.latent.models;

import dev.latent.spi.ElementType;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.Section;
import dev.latent.storage.CorruptFileException;
import dev.latent.storage.FileOperations;
import dev.latent.storage.JsonFiles;
import dev.latent.storage.SectionDirectory;
import dev.latent.storage.SectionFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns the files of a pending version into a sealed one: checks them, makes them last, writes the manifest at the end. */
final class VersionSealer {

    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int BUFFER = 1 << 20;

    private final StoreContext context;
    private final String id;
    private final Path directory;

    VersionSealer(StoreContext context, String id, Path directory) {
        this.context = context;
        this.id = id;
        this.directory = directory;
    }

    /** Leaves a directory that needs only its name. */
    void seal(String model, int number, VersionMetadata metadata) throws IOException {
        VersionContent content = VersionWriter.readContent(directory);
        List<StoredSection> sections = checkSections(content);
        FileOperations operations = context.operations();
        for (StoredSection section : sections) {
            Path file = directory.resolve(section.file());
            operations.makeReadOnly(file);
            operations.forceFile(file);
        }
        operations.delete(directory.resolve(VersionWriter.CONTENT_FILE));
        Manifest manifest = new Manifest(
                Manifest.FORMAT_VERSION, model, number, context.clock().instant(), content, metadata, sections);
        Path file = ModelDirectory.manifest(directory);
        JsonFiles.writeNew(file, SealedJson.bytesOf(manifest), operations);
        operations.makeReadOnly(file);
        operations.forceFile(file);
        operations.forceDirectory(directory);
    }

    private List<StoredSection> checkSections(VersionContent content) throws IOException {
        List<StoredSection> stored = new ArrayList<>();
        Map<String, Section> sections = new TreeMap<>();
        try (Arena arena = Arena.ofShared()) {
            for (Path file : ModelDirectory.entries(directory)) {
                String name = file.getFileName().toString();
                if (name.equals(VersionWriter.CONTENT_FILE)) {
                    continue;
                }
                checkSectionFile(file, name);
                String section = name.substring(0, name.length() - SectionDirectory.SUFFIX.length());
                SectionFile.Opened opened = SectionFile.openSealed(file, id, section, arena);
                checkFinite(opened.section());
                sections.put(section, opened.section());
                stored.add(new StoredSection(
                        name,
                        opened.bytes(),
                        SectionFile.hex(opened.crc32c()),
                        sha256(file),
                        opened.section().type(),
                        opened.section().rows(),
                        opened.section().columns()));
            }
            VersionContents.of(directory.resolve(VersionWriter.CONTENT_FILE), content, sections);
        }
        return stored;
    }

    private static void checkSectionFile(Path file, String name) throws CorruptFileException {
        if (!name.endsWith(SectionDirectory.SUFFIX) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new CorruptFileException(
                    file, "an entry of the pending version", "'" + name + "'", "only section files and content.json");
        }
    }

    private void checkFinite(Section section) {
        long bad = firstNotFinite(section);
        if (bad >= 0) {
            throw new PreconditionException(
                    "Version '" + id + "'",
                    "section " + section.name() + " row " + bad / section.columns() + " column "
                            + bad % section.columns() + " is not a finite number, so it is not published; lower the"
                            + " learning rate or raise the regularization, and train again");
        }
    }

    /** Returns the index of the first element that is not finite, or -1. */
    static long firstNotFinite(Section section) {
        MemorySegment data = section.data();
        long count = data.byteSize() / section.type().bytes();
        if (section.type() == ElementType.FLOAT32) {
            for (long index = 0; index < count; index++) {
                if (!Float.isFinite(data.get(FloatMatrix.ELEMENT, index * Float.BYTES))) {
                    return index;
                }
            }
        } else if (section.type() == ElementType.FLOAT64) {
            for (long index = 0; index < count; index++) {
                if (!Double.isFinite(data.get(DOUBLE, index * Double.BYTES))) {
                    return index;
                }
            }
        }
        return -1;
    }

    static String sha256(Path file) throws IOException {
        MessageDigest digest = SealedJson.newSha256();
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (channel.read(buffer) >= 0) {
                digest.update(buffer.flip());
                buffer.clear();
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
