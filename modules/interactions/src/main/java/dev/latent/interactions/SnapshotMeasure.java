package dev.latent.interactions;

import dev.latent.spi.SnapshotShape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Counts what {@link SnapshotWriter} would write, in one pass over the pairs of a source. For one thread. */
final class SnapshotMeasure {

    private static final long ENTRY_BYTES = Integer.BYTES + Float.BYTES;

    private final PairSource source;
    private final long[] pairsOfItem;
    private final boolean[] hasPairs;
    private long pairs;
    private int longestUserRow;
    private boolean times;
    private int users;
    private int items;
    private long idBytes;
    private long featureEntries;

    private SnapshotMeasure(PairSource source) {
        this.source = source;
        pairsOfItem = new long[source.itemLimit()];
        hasPairs = new boolean[source.userLimit()];
    }

    static SnapshotSize of(PairSource source) throws IOException {
        return new SnapshotMeasure(source).measure();
    }

    /** Bounds from the counters alone, at no cost; item features are counted as one for each record. */
    static SnapshotSize atMost(DatasetStats stats, TypeWeights weights) {
        long records = 0;
        for (var type : stats.types().entrySet()) {
            records += weights.weight(type.getKey()) == 0 ? 0 : type.getValue();
        }
        int users = (int) Math.min(Math.min(stats.users(), records), Integer.MAX_VALUE);
        int items = (int) Math.min(Math.min(stats.items(), records), Integer.MAX_VALUE);
        long pairs = Math.min(records, (long) users * items);
        long features = Math.min(stats.itemRecords(), items);
        SnapshotShape shape = new SnapshotShape(
                users, items, pairs, (int) Math.min(items, pairs), (int) Math.min(users, pairs), 0, features);
        return new SnapshotSize(shape, bytes(shape, true, 0), false);
    }

    private SnapshotSize measure() throws IOException {
        source.forEachHistory(this::add);
        source.forEachUser((id, number) -> {
            if (hasPairs[number]) {
                users++;
                idBytes += id.length;
            }
        });
        Map<String, Long> features = new HashMap<>();
        Set<String> categories = new HashSet<>();
        source.forEachItem((id, number) -> {
            if (pairsOfItem[number] > 0) {
                items++;
                idBytes += id.length;
                count(new String(id, StandardCharsets.UTF_8), features, categories);
            }
        });
        features.forEach((feature, count) -> featureEntries += count < 2 && !categories.contains(feature) ? 0 : count);
        int longestItemRow = 0;
        for (long count : pairsOfItem) {
            longestItemRow = Math.max(longestItemRow, Math.toIntExact(count));
        }
        SnapshotShape shape = new SnapshotShape(users, items, pairs, longestUserRow, longestItemRow, 0, featureEntries);
        return new SnapshotSize(shape, bytes(shape, times, idBytes), true);
    }

    private void add(int user, EntryTable row) {
        int size = row.size();
        pairs += size;
        longestUserRow = Math.max(longestUserRow, size);
        hasPairs[user] |= size > 0;
        for (int entry = 0; entry < size; entry++) {
            pairsOfItem[(int) row.key(entry)]++;
            times |= row.time(entry) != 0;
        }
    }

    private void count(String item, Map<String, Long> features, Set<String> categories) throws IOException {
        Optional<ItemRecord> known = source.item(item);
        known.ifPresent(record -> {
            categories.addAll(record.categories());
            record.features().forEach(feature -> features.merge(feature, 1L, Long::sum));
        });
    }

    private static long bytes(SnapshotShape shape, boolean times, long idBytes) {
        long rows = (long) shape.users() + shape.items();
        long entry = ENTRY_BYTES + (times ? Long.BYTES : 0);
        long features = shape.itemFeatureEntries() == 0
                ? 0
                : shape.itemFeatureEntries() * ENTRY_BYTES + (long) shape.items() * Long.BYTES;
        return 2 * (shape.interactions() * entry + rows * Long.BYTES) + idBytes + features;
    }
}
