package dev.latent.interactions;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A file whose bytes are hashed as they are read, so that a change between two readings is noticed. */
final class HashedInput extends FilterInputStream {

    private final MessageDigest digest;

    private HashedInput(InputStream in, MessageDigest digest) {
        super(new DigestInputStream(in, digest));
        this.digest = digest;
    }

    static HashedInput open(Path file) throws IOException {
        return new HashedInput(Files.newInputStream(file), sha256());
    }

    static byte[] hash(Path file) throws IOException {
        try (HashedInput in = open(file)) {
            return in.finish();
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException("Every Java platform has SHA-256", exception);
        }
    }

    /** Reads what is left and returns the SHA-256 of all. */
    byte[] finish() throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
        return digest.digest();
    }
}
