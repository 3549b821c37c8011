package dev.latent.interactions;

import dev.latent.spi.SnapshotShape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

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

    private SnapshotMeasure(PairSource source) {
        this.source = source;
        pairsOfItem = new long[source.itemLimit()];
        hasPairs = new boolean[source.userLimit()];
    }

    static SnapshotSize of(PairSource source) throws IOException {
        return new SnapshotMeasure(source).measure();
    }

    /** Bounds from the counters alone, at no cost; features are counted as one for each record. */
    static SnapshotSize atMost(DatasetStats stats, TypeWeights weights) {
        long records = 0;
        for (var type : stats.types().entrySet()) {
            records += weights.weight(type.getKey()) == 0 ? 0 : type.getValue();
        }
        int users = (int) Math.min(Math.min(stats.users(), records), Integer.MAX_VALUE);
        int items = (int) Math.min(Math.min(stats.items(), records), Integer.MAX_VALUE);
        long pairs = Math.min(records, (long) users * items);
        long ofUsers = Math.min(stats.userRecords(), users);
        long ofItems = Math.min(stats.itemRecords(), items);
        SnapshotShape shape = new SnapshotShape(
                users, items, pairs, (int) Math.min(items, pairs), (int) Math.min(users, pairs), ofUsers, ofItems);
        return new SnapshotSize(shape, bytes(shape, true, 0), false);
    }

    private SnapshotSize measure() throws IOException {
        source.forEachHistory(this::add);
        FeatureVocabulary.Builder ofUsers = new FeatureVocabulary.Builder();
        source.forEachUser((id, number) -> {
            if (hasPairs[number]) {
                users++;
                idBytes += id.length;
                source.user(new String(id, StandardCharsets.UTF_8)).ifPresent(user -> ofUsers.add(user.facts()));
            }
        });
        FeatureVocabulary.Builder ofItems = new FeatureVocabulary.Builder();
        source.forEachItem((id, number) -> {
            if (pairsOfItem[number] > 0) {
                items++;
                idBytes += id.length;
                source.item(new String(id, StandardCharsets.UTF_8)).ifPresent(item -> ofItems.add(item.facts()));
            }
        });
        int longestItemRow = 0;
        for (long count : pairsOfItem) {
            longestItemRow = Math.max(longestItemRow, Math.toIntExact(count));
        }
        SnapshotShape shape = new SnapshotShape(
                users,
                items,
                pairs,
                longestUserRow,
                longestItemRow,
                ofUsers.build().entries(),
                ofItems.build().entries());
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

    private static long bytes(SnapshotShape shape, boolean times, long idBytes) {
        long rows = (long) shape.users() + shape.items();
        long entry = ENTRY_BYTES + (times ? Long.BYTES : 0);
        long features = featureBytes(shape.itemFeatureEntries(), shape.items())
                + featureBytes(shape.userFeatureEntries(), shape.users());
        return 2 * (shape.interactions() * entry + rows * Long.BYTES) + idBytes + features;
    }

    private static long featureBytes(long entries, long rows) {
        return entries == 0 ? 0 : entries * ENTRY_BYTES + rows * Long.BYTES;
    }
}
