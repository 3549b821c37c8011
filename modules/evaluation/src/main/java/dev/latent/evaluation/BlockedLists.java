package dev.latent.evaluation;

import dev.latent.math.ItemPanels;
import dev.latent.math.TopBuffer;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.SparseRows;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the best items of blocks of users by their vectors: a block of users times a block of items at a time, whose scores
 * stay in the cache; those that are above the worst kept one enter the list of their user. Users times items is never in
 * memory.
 */
final class BlockedLists implements TopLists {

    private static final int TILE_ITEMS = 256;

    private final EmbeddingModel model;
    private final ItemPanels items;
    private final SparseRows histories;
    private final float[] queries;
    private final float[] scores;
    private final TopBuffer[] tops;
    private final long[] seen = new long[BATCH];

    BlockedLists(EmbeddingModel model, ItemPanels items, SparseRows histories, int longest) {
        this.model = model;
        this.items = items;
        this.histories = histories;
        queries = new float[BATCH * items.depth()];
        scores = new float[BATCH * TILE_ITEMS];
        tops = new TopBuffer[BATCH];
        Arrays.setAll(tops, _ -> new TopBuffer(longest));
    }

    /** Packs the items of a model once for all threads. */
    static ItemPanels pack(EmbeddingModel model) {
        int count = Math.toIntExact(model.items().rows());
        float[] biases = new float[model.itemBiases().isPresent() ? count : 0];
        model.itemBiases().ifPresent(column -> {
            for (int item = 0; item < count; item++) {
                biases[item] = column.get(item, 0);
            }
        });
        return ItemPanels.pack(model.items().segment(), count, model.rank(), biases);
    }

    @Override
    public void find(List<TestCase> cases, int[][] lists, int[] lengths) {
        for (int index = 0; index < cases.size(); index++) {
            int user = cases.get(index).user();
            int query = index * items.depth();
            model.users().readRow(user, queries, query);
            if (items.depth() > model.rank()) {
                queries[query + model.rank()] = 1;
            }
            seen[index] = histories.start(user);
        }
        for (int from = 0; from < items.count(); from += TILE_ITEMS) {
            int to = Math.min(items.count(), from + TILE_ITEMS);
            items.score(queries, cases.size(), from, to, scores, TILE_ITEMS);
            for (int index = 0; index < cases.size(); index++) {
                leaveOutSeen(cases.get(index).user(), index, from, to);
                offer(index, from, to - from);
            }
        }
        for (int index = 0; index < cases.size(); index++) {
            lengths[index] = tops[index].drainTo(lists[index]);
        }
    }

    private void leaveOutSeen(int user, int index, int from, int to) {
        long position = seen[index];
        long end = histories.end(user);
        while (position < end && histories.index(position) < to) {
            scores[index * TILE_ITEMS + histories.index(position) - from] = Float.NaN;
            position++;
        }
        seen[index] = position;
    }

    private void offer(int index, int from, int count) {
        TopBuffer top = tops[index];
        int start = index * TILE_ITEMS;
        int end = start + count;
        int at = ItemPanels.findAtLeast(scores, start, end, top.threshold());
        while (at < end) {
            top.offer(from + at - start, scores[at]);
            at = ItemPanels.findAtLeast(scores, at + 1, end, top.threshold());
        }
    }
}
