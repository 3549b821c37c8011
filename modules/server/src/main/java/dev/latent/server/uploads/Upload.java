package dev.latent.server.uploads;

import com.google.protobuf.ByteString;
import dev.latent.server.errors.ApiException;
import dev.latent.storage.FileOperations;
import io.grpc.Status.Code;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of one upload while they are received, in a folder of their own that is gone when it is closed. For one
 * thread at a time.
 */
public final class Upload implements AutoCloseable {

    private static final int MAX_NAME_BYTES = 200;
    private static final String FORBIDDEN = "/\\:";

    private final UploadOptions options;
    private final List<Path> files = new ArrayList<>();
    private @Nullable Path folder;
    private @Nullable OutputStream current;
    private long bytes;

    /**
     * Begins an upload; nothing is on the disk yet.
     *
     * @param options where to, and how much
     */
    public Upload(UploadOptions options) {
        this.options = options;
    }

    /**
     * Starts the next file.
     *
     * @param name as the client sees it
     * @throws ApiException INVALID_ARGUMENT for a name that is not a plain, new file name
     */
    public void start(String name) throws IOException {
        checkName(name);
        if (files.size() == options.maxFiles()) {
            throw ApiException.invalid("file", "is one too many, expected at most " + options.maxFiles());
        }
        finish();
        Path file = folder().resolve(name);
        try {
            current = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw ApiException.invalid("file.name", "is '" + name + "' for the second time, expected each name once");
        }
        files.add(file);
    }

    private static void checkName(String name) {
        boolean plain = !name.isEmpty()
                && name.length() <= MAX_NAME_BYTES
                && !name.startsWith(".")
                && name.chars().allMatch(c -> c >= ' ' && c < 0x7f && FORBIDDEN.indexOf(c) < 0);
        if (!plain) {
            throw ApiException.invalid(
                    "file.name",
                    "is not a plain file name, expected 1 to " + MAX_NAME_BYTES
                            + " printable ASCII characters without folders and not starting with a dot");
        }
    }

    private Path folder() throws IOException {
        Path found = folder;
        if (found == null) {
            Files.createDirectories(options.folder());
            found = Files.createTempDirectory(options.folder(), "upload-");
            folder = found;
        }
        return found;
    }

    /** Adds bytes to the file that was started last. */
    public void write(ByteString chunk) throws IOException {
        OutputStream out = current;
        if (out == null) {
            throw ApiException.invalid("chunk", "belongs to no file; send its header first");
        }
        bytes += chunk.size();
        if (bytes > options.maxBytes()) {
            throw ApiException.of(
                    Code.RESOURCE_EXHAUSTED,
                    "UPLOAD_TOO_LARGE",
                    "The upload has more than " + options.maxBytes()
                            + " bytes; send it in parts, or raise interactions.import-limit",
                    Map.of("limit", Long.toString(options.maxBytes())));
        }
        chunk.writeTo(out);
    }

    /** Ends the last file. */
    public List<Path> finish() throws IOException {
        OutputStream out = current;
        if (out != null) {
            out.close();
            current = null;
        }
        return List.copyOf(files);
    }

    @Override
    public void close() throws IOException {
        try {
            finish();
        } finally {
            Path found = folder;
            folder = null;
            if (found != null) {
                FileOperations.system().deleteTree(found);
            }
        }
    }
}
