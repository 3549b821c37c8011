package dev.latent.exchange;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads embeddings from files, each of the format that its first bytes tell. */
public final class EmbeddingFiles {

    private static final byte[] ZIP_MAGIC = {'P', 'K'};
    private static final List<Part> PARTS_OF_ARCHIVES = List.of(Part.values());

    private final Scratch scratch;
    private final EmbeddingParts parts = new EmbeddingParts();

    /**
     * Makes a reader.
     *
     * @param scratch takes what is read; the embeddings are valid as long as it
     */
    public EmbeddingFiles(Scratch scratch) {
        this.scratch = scratch;
    }

    /**
     * Reads an archive of several parts.
     *
     * @param file the archive, a {@code .npz}
     * @param name its name, for messages
     * @throws ExchangeException when it is refused
     * @throws IOException when it cannot be read
     */
    public void addArchive(Path file, String name) throws IOException {
        String subject = "File " + name;
        try (NpzArchive archive = NpzArchive.open(file, subject, scratch)) {
            for (Part part : PARTS_OF_ARCHIVES) {
                Optional<NpyArray> array = archive.find(part.word());
                if (array.isPresent()) {
                    add(part, array.get(), subject + " array " + part.word());
                }
            }
            archive.names().stream()
                    .filter(found -> PARTS_OF_ARCHIVES.stream()
                            .noneMatch(part -> part.word().equals(found)))
                    .forEach(parts::ignore);
        }
    }

    private void add(Part part, NpyArray array, String source) throws IOException {
        switch (part) {
            case USER_FACTORS, ITEM_FACTORS -> parts.matrix(part, array.matrix(scratch), source);
            case USER_BIASES, ITEM_BIASES -> parts.matrix(part, array.column(scratch), source);
            case USER_IDS, ITEM_IDS -> parts.ids(part, array.ids(scratch), source);
            case OFFSET -> parts.offset(array.number(), source);
        }
    }

    /**
     * Reads a part; a file of vectors that has the ids too gives both.
     *
     * @param part which
     * @param file an array, a table of vectors or a list of ids
     * @param name its name, for messages
     * @throws ExchangeException when it is refused
     * @throws IOException when it cannot be read
     */
    public void add(Part part, Path file, String name) throws IOException {
        String subject = "File " + name;
        MemorySegment bytes = scratch.show(file);
        if (NpyHeader.startsWithMagic(bytes)) {
            add(part, NpyArray.of(bytes, subject), subject);
        } else if (startsWith(bytes, ParquetTable.MAGIC)) {
            addParquet(part, file, subject);
        } else if (startsWith(bytes, ZIP_MAGIC)) {
            throw new ExchangeException(
                    subject, "is a .npz archive, expected one array; give it by --from, or save the array alone");
        } else {
            addText(part, file, subject);
        }
    }

    private void addParquet(Part part, Path file, String subject) throws IOException {
        if (part != Part.USER_FACTORS && part != Part.ITEM_FACTORS) {
            throw new ExchangeException(
                    subject,
                    "is Parquet, which holds vectors with their ids; give it by --user-factors or --item-factors");
        }
        ParquetTable.Content content = ParquetTable.read(file, subject, scratch);
        parts.matrix(part, content.factors(), subject);
        parts.ids(part.ids(), content.ids(), subject);
        if (content.biases().isPresent()) {
            parts.matrix(part.biases(), content.biases().get(), subject);
        }
    }

    private void addText(Part part, Path file, String subject) throws IOException {
        switch (part) {
            case USER_IDS, ITEM_IDS -> parts.ids(part, IdList.read(file, subject, scratch), subject);
            case USER_FACTORS, ITEM_FACTORS -> {
                if (subject.endsWith(".npy")) {
                    throw new ExchangeException(
                            subject + " byte 0",
                            "does not start with \\x93NUMPY, expected a .npy file; write it again");
                }
                WordVectors.Content content = WordVectors.read(file, subject, scratch);
                parts.matrix(part, content.factors(), subject);
                parts.ids(part.ids(), content.ids(), subject);
            }
            case USER_BIASES, ITEM_BIASES, OFFSET ->
                throw new ExchangeException(
                        subject + " byte 0", "does not start with \\x93NUMPY, expected a .npy file");
        }
    }

    private static boolean startsWith(MemorySegment bytes, byte[] magic) {
        return bytes.byteSize() >= magic.length
                && MemorySegment.mismatch(bytes, 0, magic.length, MemorySegment.ofArray(magic), 0, magic.length) < 0;
    }

    /**
     * Sets what is added to every score.
     *
     * @param offset finite
     * @throws ExchangeException when a file has given it already
     */
    public void addOffset(float offset) throws ExchangeException {
        parts.offset(offset, "The offset");
    }

    /**
     * Returns what the files hold beside embeddings.
     *
     * @return names of arrays
     */
    public List<String> ignored() {
        return parts.ignored();
    }

    /**
     * Puts the parts together.
     *
     * @return whole and checked
     * @throws ExchangeException when a part is missing, or they do not fit together
     */
    public Embeddings embeddings() throws ExchangeException {
        return parts.build();
    }
}
