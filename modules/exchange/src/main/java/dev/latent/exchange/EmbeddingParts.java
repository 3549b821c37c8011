package dev.latent.exchange;

import dev.latent.spi.FloatMatrix;
import dev.latent.storage.StringTable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects the parts of embeddings from the files that hold them, each part once. */
final class EmbeddingParts {

    private final Map<Part, String> sources = new EnumMap<>(Part.class);
    private final Map<Part, FloatMatrix> matrices = new EnumMap<>(Part.class);
    private final Map<Part, StringTable> tables = new EnumMap<>(Part.class);
    private final List<String> ignored = new ArrayList<>();
    private float offset;

    void matrix(Part part, FloatMatrix matrix, String source) throws ExchangeException {
        claim(part, source);
        matrices.put(part, matrix);
    }

    void ids(Part part, StringTable table, String source) throws ExchangeException {
        claim(part, source);
        tables.put(part, table);
    }

    void offset(float value, String source) throws ExchangeException {
        claim(Part.OFFSET, source);
        if (!Float.isFinite(value)) {
            throw new ExchangeException(source, "is " + value + ", expected a finite number");
        }
        offset = value;
    }

    void ignore(String source) {
        ignored.add(source);
    }

    List<String> ignored() {
        return List.copyOf(ignored);
    }

    private void claim(Part part, String source) throws ExchangeException {
        String before = sources.putIfAbsent(part, source);
        if (before != null) {
            throw new ExchangeException(
                    source, "gives " + part.word() + ", which come from " + before + " already; leave one of them out");
        }
    }

    /** Puts the parts together and checks them. */
    Embeddings build() throws ExchangeException {
        for (Part part : List.of(Part.USER_FACTORS, Part.USER_IDS, Part.ITEM_FACTORS, Part.ITEM_IDS)) {
            if (!sources.containsKey(part)) {
                throw new ExchangeException(
                        part.word(),
                        "are missing, expected in one of the files; give them by --"
                                + part.word().replace('_', '-'));
            }
        }
        Embeddings embeddings = new Embeddings(side(Part.USER_FACTORS), side(Part.ITEM_FACTORS), offset);
        new EmbeddingChecks(sources).check(embeddings);
        return embeddings;
    }

    private Embeddings.Side side(Part factors) {
        return new Embeddings.Side(
                java.util.Objects.requireNonNull(tables.get(factors.ids())),
                java.util.Objects.requireNonNull(matrices.get(factors)),
                Optional.ofNullable(matrices.get(factors.biases())));
    }
}
