package dev.latent.cli.models;

import com.google.protobuf.ByteString;
import dev.latent.cli.session.CommandException;
import dev.latent.cli.session.ExitCode;
import dev.latent.cli.terminal.ProgressLine;
import dev.latent.cli.terminal.Words;
import dev.latent.v1.ExportModelVersionResponse;
import dev.latent.v1.VersionExport;
import dev.latent.v1.VersionExportFile;
import dev.latent.v1.VersionImportFile.Content;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Receives the files of an export under temporary names beside their own, and gives them theirs when all have arrived
 * whole; closed before that, it removes them. For one export.
 */
final class EmbeddingDownload implements AutoCloseable {

    private final Map<Content, Path> targets;
    private final boolean force;
    private final ProgressLine progress;
    private final Map<Content, Path> received = new EnumMap<>(Content.class);
    private final MessageDigest digest = EmbeddingUpload.newSha256();
    private @Nullable VersionExportFile header;
    private @Nullable OutputStream current;
    private long bytes;

    EmbeddingDownload(Map<Content, Path> targets, boolean force, ProgressLine progress) {
        this.targets = targets;
        this.force = force;
        this.progress = progress;
    }

    VersionExport take(Iterator<ExportModelVersionResponse> parts) throws IOException {
        checkFree();
        VersionExport export = VersionExport.getDefaultInstance();
        while (parts.hasNext()) {
            ExportModelVersionResponse part = parts.next();
            switch (part.getPartCase()) {
                case START -> export = part.getStart();
                case FILE -> start(part.getFile());
                case CHUNK -> write(part.getChunk());
                case PART_NOT_SET ->
                    throw new CommandException(
                            ExitCode.ERROR, "The server sent a piece that this command does not know; update it");
            }
        }
        finishFile();
        checkAll();
        moveAll();
        return export;
    }

    private void checkFree() {
        for (Path target : targets.values()) {
            if (!force && Files.exists(target)) {
                throw exists(target, null);
            }
        }
    }

    private static CommandException exists(Path target, @Nullable Throwable cause) {
        CommandException refused = new CommandException(
                ExitCode.CONFLICT, "File " + target + " exists; choose another name, or write over it with --force");
        if (cause != null) {
            refused.initCause(cause);
        }
        return refused;
    }

    private void start(VersionExportFile file) throws IOException {
        finishFile();
        Path target = targets.get(file.getContent());
        if (target == null) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "The version has " + word(file.getContent()) + ", and no file is named for them; add --"
                            + word(file.getContent()).replace('_', '-') + " FILE");
        }
        Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
        current = Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW);
        received.put(file.getContent(), temporary);
        header = file;
        bytes = 0;
    }

    private static String word(Content content) {
        return content.name().substring("CONTENT_".length()).toLowerCase(java.util.Locale.ROOT);
    }

    private void write(ByteString chunk) throws IOException {
        VersionExportFile file = Objects.requireNonNull(header, "a chunk comes after the header of its file");
        digest.update(chunk.asReadOnlyByteBuffer());
        chunk.writeTo(Objects.requireNonNull(current));
        bytes += chunk.size();
        progress.update(
                "export",
                file.getSizeBytes() == 0 ? 1 : (double) bytes / file.getSizeBytes(),
                Words.size(bytes) + "  " + word(file.getContent()),
                "receiving " + word(file.getContent()));
    }

    private void finishFile() throws IOException {
        OutputStream out = current;
        VersionExportFile file = header;
        if (out == null || file == null) {
            return;
        }
        out.close();
        current = null;
        String actual = HexFormat.of().formatHex(digest.digest());
        if (bytes != file.getSizeBytes() || !actual.equals(file.getSha256())) {
            throw new CommandException(
                    ExitCode.CORRUPTION,
                    word(file.getContent()) + " arrived as " + bytes + " bytes of SHA-256 " + actual + ", expected "
                            + file.getSizeBytes() + " of " + file.getSha256() + " as the server says; export again");
        }
    }

    private void checkAll() {
        for (Map.Entry<Content, Path> target : targets.entrySet()) {
            if (!received.containsKey(target.getKey())) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "The server sends no " + word(target.getKey()) + " in this format, so " + target.getValue()
                                + " would not be written; leave it out");
            }
        }
    }

    private void moveAll() throws IOException {
        for (Map.Entry<Content, Path> file : received.entrySet()) {
            Path target = Objects.requireNonNull(targets.get(file.getKey()));
            try {
                if (force) {
                    Files.move(file.getValue(), target, StandardCopyOption.REPLACE_EXISTING);
                } else {
                    Files.move(file.getValue(), target);
                }
            } catch (FileAlreadyExistsException e) {
                throw exists(target, e);
            }
        }
        received.clear();
    }

    @Override
    public void close() throws IOException {
        if (current != null) {
            current.close();
        }
        for (Path temporary : received.values()) {
            Files.deleteIfExists(temporary);
        }
    }
}
