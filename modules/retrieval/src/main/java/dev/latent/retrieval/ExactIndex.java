package dev.latent.retrieval;

import dev.latent.math.Kernels;
import dev.latent.math.TopK;
import dev.latent.spi.FloatMatrix;
import java.util.Arrays;
import java.util.Optional;

/**
 * Exact maximum-inner-product search: scores every eligible item and keeps the best, so recall is 1 whatever the filter.
 *
 * <p>Items are scored in blocks that stay in the first-level cache; a score is compared with the worst one kept before the
 * filter is asked, so a filter costs only what the few candidates above that threshold cost. With an allow list shorter
 * than the catalogue only its items are scored. A search returns exactly min(k, number of eligible items) items.
 *
 * <p>Immutable but for the memory of the matrices, which the caller keeps open; thread-safe. One search allocates its
 * result and a block of scores.
 */
public final class ExactIndex {

    private static final int BLOCK = 2048;

    private final FloatMatrix items;
    private final float[] itemBiases;
    private final float[] inverseNorms;
    private final int itemCount;

    private ExactIndex(FloatMatrix items, float[] itemBiases, float[] inverseNorms) {
        this.items = items;
        this.itemBiases = itemBiases;
        this.inverseNorms = inverseNorms;
        this.itemCount = Math.toIntExact(items.rows());
    }

    /**
     * Makes an index.
     *
     * @param items one row an item; fewer than 2³¹ rows
     * @param itemBiases one row an item and one column, or empty for zeros
     * @return an index over that memory
     */
    public static ExactIndex of(FloatMatrix items, Optional<FloatMatrix> itemBiases) {
        int itemCount = Math.toIntExact(items.rows());
        float[] biases = itemBiases.map(matrix -> column(matrix, itemCount)).orElse(new float[0]);
        return new ExactIndex(items, biases, inverseNorms(items, itemCount));
    }

    private static float[] column(FloatMatrix matrix, int itemCount) {
        if (matrix.rows() != itemCount || matrix.columns() != 1) {
            throw new IllegalArgumentException(
                    "Item biases are " + matrix.rows() + " x " + matrix.columns() + ", expected " + itemCount + " x 1");
        }
        float[] values = new float[itemCount];
        for (int item = 0; item < itemCount; item++) {
            values[item] = matrix.get(item, 0);
        }
        return values;
    }

    private static float[] inverseNorms(FloatMatrix items, int itemCount) {
        float[] inverseNorms = new float[itemCount];
        float[] row = new float[items.columns()];
        for (int item = 0; item < itemCount; item++) {
            items.readRow(item, row, 0);
            double norm = Math.sqrt(Kernels.dot(row, 0, row, 0, row.length));
            inverseNorms[item] = norm > 0 ? (float) (1 / norm) : 0;
        }
        return inverseNorms;
    }

    /**
     * Returns the number of items.
     *
     * @return at least 0
     */
    public int itemCount() {
        return itemCount;
    }

    /**
     * Finds the items with the highest {@code <query, item> + itemBias + constant}.
     *
     * @param query as many numbers as the index has factors
     * @param constant added to each score, such as offset and user bias; does not change the order
     * @param filter which items are eligible
     * @param k how many at most, at least 0
     * @return exactly min(k, number of eligible items)
     */
    public TopItems search(float[] query, float constant, ItemFilter filter, int k) {
        checkQuery(query);
        return select(filter, k, (from, to, scores) -> scoreBlock(query, constant, from, to, scores));
    }

    /**
     * Finds the items nearest to an item by the cosine of their vectors, the item itself left out.
     *
     * @param item its number
     * @param filter which items are eligible
     * @param k how many at most, at least 0
     * @return exactly min(k, number of eligible other items); scores from −1 to 1, 0 against a zero vector
     */
    public TopItems similar(int item, ItemFilter filter, int k) {
        float[] query = new float[items.columns()];
        items.readRow(item, query, 0);
        for (int factor = 0; factor < query.length; factor++) {
            query[factor] *= inverseNorms[item];
        }
        return select(filter.excluding(item), k, (from, to, scores) -> cosineBlock(query, from, to, scores));
    }

    /**
     * Scores one item as {@link #search} does.
     *
     * @param query as many numbers as the index has factors
     * @param constant added to the score
     * @param item its number
     * @return its score
     */
    public float score(float[] query, float constant, int item) {
        checkQuery(query);
        float[] score = new float[1];
        scoreBlock(query, constant, item, item + 1, score);
        return score[0];
    }

    private void checkQuery(float[] query) {
        if (query.length != items.columns()) {
            throw new IllegalArgumentException(
                    "The query has " + query.length + " factors, the index " + items.columns());
        }
    }

    private TopItems select(ItemFilter filter, int k, BlockScorer scorer) {
        int[] allowed = filter.allowed();
        int most = Math.min(k, allowed == null ? itemCount : allowed.length);
        if (most <= 0) {
            return TopItems.NONE;
        }
        TopK best = new TopK(most);
        if (allowed == null) {
            scanAll(filter, scorer, best);
        } else {
            scanAllowed(allowed, filter, scorer, best);
        }
        return Selections.drain(best);
    }

    private void scanAll(ItemFilter filter, BlockScorer scorer, TopK best) {
        float[] scores = new float[Math.min(BLOCK, itemCount)];
        for (int from = 0; from < itemCount; from += BLOCK) {
            int to = Math.min(itemCount, from + BLOCK);
            scorer.score(from, to, scores);
            Selections.offer(scores, from, to, filter, best);
        }
    }

    private void scanAllowed(int[] allowed, ItemFilter filter, BlockScorer scorer, TopK best) {
        float[] score = new float[1];
        int end = firstBeyond(allowed);
        for (int position = 0; position < end; position++) {
            int item = allowed[position];
            if (filter.acceptsAllowed(item)) {
                scorer.score(item, item + 1, score);
                best.offer(item, score[0]);
            }
        }
    }

    private int firstBeyond(int[] sortedItems) {
        int position = Arrays.binarySearch(sortedItems, itemCount);
        return position >= 0 ? position : -position - 1;
    }

    private void scoreBlock(float[] query, float constant, int from, int to, float[] scores) {
        multiply(query, from, to, scores);
        if (itemBiases.length > 0) {
            for (int item = from; item < to; item++) {
                scores[item - from] += itemBiases[item];
            }
        }
        if (constant != 0) {
            for (int index = 0; index < to - from; index++) {
                scores[index] += constant;
            }
        }
    }

    private void cosineBlock(float[] query, int from, int to, float[] scores) {
        multiply(query, from, to, scores);
        for (int item = from; item < to; item++) {
            scores[item - from] *= inverseNorms[item];
        }
    }

    private void multiply(float[] query, int from, int to, float[] scores) {
        if (query.length == 0) {
            Arrays.fill(scores, 0, to - from, 0);
        } else {
            Kernels.scores(items.segment(), from, to, query.length, query, 0, scores, 0);
        }
    }

    /** Fills scores[0 … to − from) with the scores of items from … to − 1. */
    private interface BlockScorer {
        void score(int from, int to, float[] scores);
    }
}
