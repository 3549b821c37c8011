package dev.latent.evaluation;

import dev.latent.math.ItemPanels;
import dev.latent.math.TopBuffer;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.SparseRows;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Finds the best items of blocks of users by their vectors: a slice of users times a block of items at a time, whose scores
 * stay in the cache; those that are above the worst kept one enter the list of their user. Users times items is never in
 * memory. Items are packed once for all threads when they are few; else each thread packs a block at a time, for several
 * slices of users, so that no copy of them all is made.
 */
final class BlockedLists implements TopLists {

    private static final int BLOCK_ITEMS = 256;

    /** So many slices share what a thread packs. */
    private static final int UNSHARED_SLICES = 8;

    private static final long SHARED_BYTES = 32L << 20;

    private final EmbeddingModel model;
    private final SparseRows histories;
    private final ItemPanels items;
    private final boolean isPacked;
    private final float[] scores = new float[SLICE * BLOCK_ITEMS];
    private final Slice[] slices;

    private BlockedLists(Source source, ListNeeds needs, int cases) {
        model = source.model;
        histories = source.histories;
        items = source.panels.get();
        isPacked = source.isShared;
        slices = new Slice[Math.ceilDiv(cases, SLICE)];
        Arrays.setAll(slices, _ -> new Slice(needs));
    }

    /** Where threads get their workspaces from. */
    private record Source(EmbeddingModel model, SparseRows histories, Supplier<ItemPanels> panels, boolean isShared)
            implements ListSource {

        @Override
        public int slices() {
            return isShared ? 1 : UNSHARED_SLICES;
        }

        @Override
        public TopLists open(ListNeeds needs, int cases) {
            return new BlockedLists(this, needs, cases);
        }
    }

    static ListSource source(EmbeddingModel model, SparseRows histories) {
        return source(model, histories, SHARED_BYTES);
    }

    /** With a bound on the packed items that are shared. */
    static ListSource source(EmbeddingModel model, SparseRows histories, long sharedBytes) {
        int count = Math.toIntExact(model.items().rows());
        float[] biases = new float[model.itemBiases().isPresent() ? count : 0];
        model.itemBiases().ifPresent(column -> {
            for (int item = 0; item < count; item++) {
                biases[item] = column.get(item, 0);
            }
        });
        if ((long) count * model.rank() * Float.BYTES > sharedBytes) {
            return new Source(model, histories, () -> panels(model, biases, BLOCK_ITEMS), false);
        }
        ItemPanels shared = panels(model, biases, count);
        shared.pack(0, count);
        return new Source(model, histories, () -> shared, true);
    }

    private static ItemPanels panels(EmbeddingModel model, float[] biases, int block) {
        int count = Math.toIntExact(model.items().rows());
        return new ItemPanels(model.items().segment(), count, model.rank(), biases, block);
    }

    @Override
    public void find(List<TestCase> cases, FoundLists found) {
        int used = Math.ceilDiv(cases.size(), SLICE);
        for (int slice = 0; slice < used; slice++) {
            slices[slice].open(cases.subList(slice * SLICE, Math.min(cases.size(), (slice + 1) * SLICE)));
        }
        for (int from = 0; from < items.count(); from += BLOCK_ITEMS) {
            int to = Math.min(items.count(), from + BLOCK_ITEMS);
            if (!isPacked) {
                items.pack(from, to);
            }
            for (int slice = 0; slice < used; slice++) {
                slices[slice].offer(from, to);
            }
        }
        for (int slice = 0; slice < used; slice++) {
            slices[slice].close(slice * SLICE, found);
        }
    }

    /** The users who are scored together. */
    private final class Slice {
        private final float[] queries = new float[SLICE * items.depth()];
        private final TopBuffer[] tops = new TopBuffer[SLICE];
        private final FirstRanks[] firstRanks = new FirstRanks[SLICE];
        private final long[] seen = new long[SLICE];
        private final boolean isRanked;
        private List<TestCase> cases = List.of();

        Slice(ListNeeds needs) {
            isRanked = needs.isRanked();
            Arrays.setAll(tops, _ -> new TopBuffer(needs.longest()));
            Arrays.setAll(firstRanks, _ -> new FirstRanks(needs));
        }

        void open(List<TestCase> opened) {
            cases = opened;
            for (int index = 0; index < cases.size(); index++) {
                int user = cases.get(index).user();
                int query = index * items.depth();
                model.users().readRow(user, queries, query);
                if (items.depth() > model.rank()) {
                    queries[query + model.rank()] = 1;
                }
                seen[index] = histories.start(user);
                firstRanks[index].clear();
                if (isRanked) {
                    addRelevant(cases.get(index), index);
                }
            }
        }

        /** Those that the model knows and the user does not have; both ascend. */
        private void addRelevant(TestCase each, int index) {
            long position = histories.start(each.user());
            long end = histories.end(each.user());
            for (int item : each.relevant()) {
                if (item >= items.count()) {
                    return;
                }
                while (position < end && histories.index(position) < item) {
                    position++;
                }
                if (position == end || histories.index(position) > item) {
                    firstRanks[index].addRelevant(item, items.scoreOne(queries, index, item));
                }
            }
        }

        void offer(int from, int to) {
            items.score(queries, cases.size(), from, to, scores, BLOCK_ITEMS);
            for (int index = 0; index < cases.size(); index++) {
                leaveOutSeen(cases.get(index).user(), index, from, to);
                offer(index, from, to - from);
                if (isRanked) {
                    firstRanks[index].count(scores, index * BLOCK_ITEMS, from, to);
                }
            }
        }

        private void leaveOutSeen(int user, int index, int from, int to) {
            long position = seen[index];
            long end = histories.end(user);
            while (position < end && histories.index(position) < to) {
                scores[index * BLOCK_ITEMS + histories.index(position) - from] = Float.NaN;
                position++;
            }
            seen[index] = position;
        }

        private void offer(int index, int from, int count) {
            TopBuffer top = tops[index];
            int start = index * BLOCK_ITEMS;
            int end = start + count;
            int at = ItemPanels.findAtLeast(scores, start, end, top.threshold());
            while (at < end) {
                top.offer(from + at - start, scores[at]);
                at = ItemPanels.findAtLeast(scores, at + 1, end, top.threshold());
            }
        }

        void close(int first, FoundLists found) {
            for (int index = 0; index < cases.size(); index++) {
                found.lengths[first + index] = tops[index].drainTo(found.items[first + index]);
                firstRanks[index].writeTo(found.firstRanks[first + index]);
            }
        }
    }
}
