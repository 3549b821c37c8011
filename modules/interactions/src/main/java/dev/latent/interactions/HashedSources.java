package dev.latent.interactions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;

/** The files of an import, in the order of reading, and the SHA-256 of each as it was before they were read. */
final class HashedSources {

    /** One file; its hash is not to be modified. */
    @SuppressWarnings("ArrayRecordComponent")
    record Hashed(ImportSource source, byte[] hash) {}

    private final List<Hashed> files;

    private HashedSources(List<Hashed> files) {
        this.files = List.copyOf(files);
    }

    static HashedSources of(List<ImportSource> sources) throws IOException {
        List<Hashed> files = new ArrayList<>();
        for (ImportSource source : sources) {
            files.add(new Hashed(source, HashedInput.hash(source.path())));
        }
        return new HashedSources(files);
    }

    List<Hashed> files() {
        return files;
    }

    List<String> names() {
        return files.stream().map(file -> file.source().name()).toList();
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    /** Some of the files. */
    HashedSources only(Predicate<ImportSource> which) {
        return new HashedSources(
                files.stream().filter(file -> which.test(file.source())).toList());
    }

    /**
     * What the import of these is known by. Names do not count, and neither does the rule for bad lines: both would let the
     * same rows in twice.
     */
    String fingerprint(ImportOptions options) {
        MessageDigest digest = HashedInput.sha256();
        digest.update("latent import 1".getBytes(StandardCharsets.UTF_8));
        files.forEach(file -> digest.update(file.hash()));
        String how = options.type() + " " + Float.toHexString(options.defaultValue());
        return HexFormat.of().formatHex(digest.digest(how.getBytes(StandardCharsets.UTF_8)));
    }
}
