package dev.latent.exchange;

import dev.latent.spi.FloatMatrix;
import dev.latent.storage.IdIndex;
import dev.latent.storage.StringTable;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Checks that embeddings fit together and can be served; every refusal names the file, the row and the id. */
final class EmbeddingChecks {

    /** As many factors as the algorithms of the house make at most. */
    static final int MAX_RANK = 4096;

    private static final int MAX_ID_BYTES = 512;
    private static final int MAX_IDS = 1 << 29;
    private static final String FROM_ZERO = ", counted from 0,";

    private final Map<Part, String> sources;

    /**
     * Makes checks.
     *
     * @param sources where each part comes from
     */
    EmbeddingChecks(Map<Part, String> sources) {
        this.sources = sources;
    }

    void check(Embeddings embeddings) throws ExchangeException {
        checkSide(Part.USER_FACTORS, embeddings.users());
        checkSide(Part.ITEM_FACTORS, embeddings.items());
        int userRank = embeddings.users().factors().columns();
        int itemRank = embeddings.items().factors().columns();
        if (userRank != itemRank) {
            throw new ExchangeException(
                    source(Part.ITEM_FACTORS),
                    "has " + itemRank + " factors a row, " + source(Part.USER_FACTORS) + " has " + userRank
                            + ", expected the same; take both from the same model");
        }
    }

    private String source(Part part) {
        return sources.getOrDefault(part, part.word());
    }

    private void checkSide(Part part, Embeddings.Side side) throws ExchangeException {
        FloatMatrix factors = side.factors();
        if (factors.rows() == 0) {
            throw new ExchangeException(source(part), "has no rows, expected at least one");
        }
        if (factors.columns() < 1 || factors.columns() > MAX_RANK) {
            throw new ExchangeException(
                    source(part), "has " + factors.columns() + " factors a row, expected 1 to " + MAX_RANK);
        }
        if (factors.rows() > MAX_IDS) {
            throw new ExchangeException(source(part), "has " + factors.rows() + " rows, expected at most " + MAX_IDS);
        }
        if (factors.rows() != side.ids().size()) {
            throw new ExchangeException(
                    source(part.ids()),
                    "has " + side.ids().size() + " ids, " + source(part) + " has " + factors.rows()
                            + " rows, expected an id for each row in the same order");
        }
        checkIds(part.ids(), side.ids());
        checkFinite(part, factors, side.ids());
        if (side.biases().isPresent()) {
            checkBiases(part.biases(), side.biases().get(), side.ids());
        }
    }

    private void checkBiases(Part part, FloatMatrix biases, StringTable ids) throws ExchangeException {
        if (biases.rows() != ids.size()) {
            throw new ExchangeException(
                    source(part),
                    "has " + biases.rows() + " numbers, expected one for each of the " + ids.size() + " rows");
        }
        checkFinite(part, biases, ids);
    }

    private void checkFinite(Part part, FloatMatrix matrix, StringTable ids) throws ExchangeException {
        MemorySegment data = matrix.segment();
        for (long at = 0; at < data.byteSize(); at += Float.BYTES) {
            float value = data.get(FloatMatrix.ELEMENT, at);
            if (!Float.isFinite(value)) {
                long index = at / Float.BYTES;
                long row = index / matrix.columns();
                throw new ExchangeException(
                        source(part) + " row " + row + FROM_ZERO,
                        "which is id '" + ids.get(row) + "', has " + value + " as number " + index % matrix.columns()
                                + ", expected finite numbers within float32; leave the row out or train again");
            }
        }
    }

    private void checkIds(Part part, StringTable ids) throws ExchangeException {
        for (long row = 0; row < ids.size(); row++) {
            String problem = problem(ids.utf8Of(row));
            if (!problem.isEmpty()) {
                throw new ExchangeException(source(part) + " row " + row + FROM_ZERO, problem);
            }
        }
        try {
            IdIndex.of(ids);
        } catch (IllegalArgumentException exception) {
            throw new ExchangeException(
                    source(part) + ":", exception.getMessage() + ", expected each once; leave one row out", exception);
        }
    }

    /** What is wrong with an id; empty when nothing is. */
    private static String problem(MemorySegment id) {
        if (id.byteSize() == 0) {
            return "has an empty id, expected 1 to " + MAX_ID_BYTES + " bytes";
        }
        if (id.byteSize() > MAX_ID_BYTES) {
            return "has an id of " + id.byteSize() + " bytes, expected 1 to " + MAX_ID_BYTES;
        }
        return isPlain(id) ? "" : problemOfText(id);
    }

    private static boolean isPlain(MemorySegment id) {
        for (long at = 0; at < id.byteSize(); at++) {
            byte value = id.get(ValueLayout.JAVA_BYTE, at);
            if (value < ' ' || value == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static String problemOfText(MemorySegment id) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(id.toArray(ValueLayout.JAVA_BYTE)))
                    .toString();
            return text.chars().anyMatch(Character::isISOControl)
                    ? "has an id with a control character, expected none"
                    : "";
        } catch (CharacterCodingException exception) {
            return "has an id that is not UTF-8 (" + exception.getMessage() + "); save the list as UTF-8";
        }
    }
}
