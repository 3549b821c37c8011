package dev.latent.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The digest by which a version states which plugin trained it; see {@link LoadedPlugin#sha256()}. */
final class JarDigest {

    private JarDigest() {}

    static String of(List<Path> jars) throws IOException {
        if (jars.size() == 1) {
            return ofFile(jars.getFirst());
        }
        StringBuilder lines = new StringBuilder();
        for (Path jar : jars) {
            lines.append(ofFile(jar))
                    .append("  ")
                    .append(PluginCandidate.fileName(jar))
                    .append('\n');
        }
        return HexFormat.of().formatHex(sha256().digest(lines.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static String ofFile(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
