package dev.latent.exchange;

import dev.latent.exchange.Embeddings.Side;
import dev.latent.spi.FloatMatrix;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes vectors in the text format of word2vec, each number with as many digits as bring back the same float32. */
final class WordVectorWriter {

    private WordVectorWriter() {}

    static void write(Path file, String subject, Side side) throws IOException {
        FloatMatrix factors = side.factors();
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW)) {
            out.write(factors.rows() + " " + factors.columns() + "\n");
            for (long row = 0; row < factors.rows(); row++) {
                String id = side.ids().get(row);
                if (id.indexOf(' ') >= 0) {
                    throw new ExchangeException(
                            subject + " row " + row,
                            "is '" + id
                                    + "', and word2vec text has no ids with blanks; export to .npz or .npy instead");
                }
                out.write(id);
                for (int factor = 0; factor < factors.columns(); factor++) {
                    out.write(' ');
                    out.write(Float.toString(factors.get(row, factor)));
                }
                out.write('\n');
            }
        }
    }
}
