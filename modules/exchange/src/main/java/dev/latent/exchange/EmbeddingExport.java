package dev.latent.exchange;

import dev.latent.exchange.Embeddings.Side;
import dev.latent.spi.FloatMatrix;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Writes embeddings to files; what {@link EmbeddingFiles} reads from them has the same bytes of numbers and ids. */
public final class EmbeddingExport {

    private static final int BUFFER = 1 << 16;

    private final Embeddings embeddings;
    private final Path folder;
    private final Map<Optional<Part>, Path> files = new LinkedHashMap<>();

    private EmbeddingExport(Embeddings embeddings, Path folder) {
        this.embeddings = embeddings;
        this.folder = folder;
    }

    /**
     * Writes files.
     *
     * @param embeddings to write
     * @param format of the files
     * @param folder where to; must exist and not hold files of the names of parts
     * @return the files by what they hold; empty for an archive of all parts
     * @throws ExchangeException when the format cannot hold them
     * @throws IOException when the disk fails
     */
    public static Map<Optional<Part>, Path> write(Embeddings embeddings, EmbeddingFormat format, Path folder)
            throws IOException {
        EmbeddingExport export = new EmbeddingExport(embeddings, folder);
        switch (format) {
            case NPZ -> export.writeArchive();
            case NPY -> {
                export.writeArrays(Part.USER_FACTORS, embeddings.users());
                export.writeArrays(Part.ITEM_FACTORS, embeddings.items());
            }
            case PARQUET -> {
                ParquetWriter.write(export.file(Part.USER_FACTORS), embeddings.users());
                ParquetWriter.write(export.file(Part.ITEM_FACTORS), embeddings.items());
            }
            case WORD2VEC -> {
                export.writeWords(Part.USER_FACTORS, embeddings.users());
                export.writeWords(Part.ITEM_FACTORS, embeddings.items());
            }
        }
        return export.files;
    }

    private void writeArchive() throws IOException {
        Map<String, NpyWriter.Content> arrays = new LinkedHashMap<>();
        add(arrays, Part.USER_FACTORS, embeddings.users());
        add(arrays, Part.ITEM_FACTORS, embeddings.items());
        arrays.put(Part.OFFSET.word(), NpyWriter.number(embeddings.offset()));
        Path file = folder.resolve("embeddings.npz");
        NpzWriter.write(file, arrays);
        files.put(Optional.empty(), file);
    }

    private static void add(Map<String, NpyWriter.Content> arrays, Part factors, Side side) {
        arrays.put(factors.word(), NpyWriter.matrix(side.factors()));
        arrays.put(factors.ids().word(), NpyWriter.texts(side.ids()));
        side.biases().ifPresent(biases -> arrays.put(factors.biases().word(), NpyWriter.column(biases)));
    }

    private void writeArrays(Part factors, Side side) throws IOException {
        writeArray(factors, NpyWriter.matrix(side.factors()));
        IdList.write(file(factors.ids()), side.ids());
        Optional<FloatMatrix> biases = side.biases();
        if (biases.isPresent()) {
            writeArray(factors.biases(), NpyWriter.column(biases.get()));
        }
    }

    private void writeArray(Part part, NpyWriter.Content content) throws IOException {
        try (OutputStream out =
                new BufferedOutputStream(Files.newOutputStream(file(part), StandardOpenOption.CREATE_NEW), BUFFER)) {
            content.writeTo(out);
        }
    }

    private void writeWords(Part factors, Side side) throws IOException {
        if (side.biases().isPresent()) {
            throw new ExchangeException(
                    factors.biases().word(), "have no place in word2vec text; export to .npz or .npy instead");
        }
        WordVectorWriter.write(file(factors), factors.ids().word(), side);
    }

    private Path file(Part part) {
        Path file = folder.resolve(part.word());
        files.put(Optional.of(part), file);
        return file;
    }
}
