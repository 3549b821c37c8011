package dev.latent.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A zip of arrays as {@code numpy.savez} and {@code numpy.savez_compressed} write it: each {@code <name>.npy}. */
final class NpzArchive implements AutoCloseable {

    private static final String SUFFIX = ".npy";
    private static final int MAX_ENTRIES = 1_000;

    private final ZipFile zip;
    private final String subject;
    private final Scratch scratch;

    private NpzArchive(ZipFile zip, String subject, Scratch scratch) {
        this.zip = zip;
        this.subject = subject;
        this.scratch = scratch;
    }

    static NpzArchive open(Path path, String subject, Scratch scratch) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(path.toFile());
        } catch (ZipException exception) {
            throw new ExchangeException(
                    subject,
                    "is not a whole .npz file (" + exception.getMessage() + "); it is truncated or not such a file,"
                            + " write it again with numpy.savez",
                    exception);
        }
        try {
            NpzArchive archive = new NpzArchive(zip, subject, scratch);
            archive.checkNames();
            return archive;
        } catch (IOException | RuntimeException | Error failure) {
            zip.close();
            throw failure;
        }
    }

    private void checkNames() throws ExchangeException {
        if (zip.size() > MAX_ENTRIES) {
            throw new ExchangeException(subject, "holds " + zip.size() + " arrays, expected at most " + MAX_ENTRIES);
        }
        Set<String> names = new HashSet<>();
        for (ZipEntry entry : entries()) {
            if (!names.add(entry.getName())) {
                throw new ExchangeException(
                        subject, "holds the array '" + shown(entry) + "' twice, expected each name once");
            }
        }
    }

    private List<? extends ZipEntry> entries() {
        return zip.stream().toList();
    }

    private static String shown(ZipEntry entry) {
        String name = entry.getName().replaceAll("[^ -~]", "?");
        return name.length() <= 64 ? name : name.substring(0, 64) + "…";
    }

    /** The names of its arrays, without their ending. */
    List<String> names() {
        return entries().stream()
                .map(NpzArchive::shown)
                .map(name -> name.toLowerCase(Locale.ROOT).endsWith(SUFFIX)
                        ? name.substring(0, name.length() - SUFFIX.length())
                        : name)
                .toList();
    }

    /** Finds an array by name. */
    Optional<NpyArray> find(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name + SUFFIX);
        return entry == null ? Optional.empty() : Optional.of(read(entry, subject + " array " + name));
    }

    private NpyArray read(ZipEntry entry, String array) throws IOException {
        CRC32 crc = new CRC32();
        MemorySegment bytes;
        try (InputStream content = zip.getInputStream(entry)) {
            bytes = scratch.takeAll(new CheckedInputStream(content, crc), array);
        } catch (ZipException exception) {
            throw new ExchangeException(
                    array, "cannot be unpacked (" + exception.getMessage() + "); write the file again", exception);
        } catch (java.io.EOFException exception) {
            throw new ExchangeException(array, "ends too early; the file is truncated, write it again", exception);
        }
        if (bytes.byteSize() != entry.getSize() || crc.getValue() != entry.getCrc()) {
            throw new ExchangeException(
                    array,
                    "unpacks to " + bytes.byteSize() + " bytes of CRC-32 " + Long.toHexString(crc.getValue())
                            + ", expected " + entry.getSize() + " of " + Long.toHexString(entry.getCrc())
                            + " as the archive says; it is damaged, write it again");
        }
        return NpyArray.of(bytes, array);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
