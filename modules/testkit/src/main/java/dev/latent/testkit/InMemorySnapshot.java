package dev.latent.testkit;

import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A snapshot whose memory is read-only and lives as long as somebody holds it. Made by {@link Builder}; thread-safe.
 *
 * @param byUser interactions by user
 * @param byItem the same interactions by item
 * @param userFeatures one row a user, or empty
 * @param itemFeatures one row an item, or empty
 * @param fingerprint SHA-256 of the content
 */
public record InMemorySnapshot(
        SparseRows byUser,
        SparseRows byItem,
        Optional<SparseRows> userFeatures,
        Optional<SparseRows> itemFeatures,
        String fingerprint)
        implements Snapshot {

    /**
     * Starts an empty snapshot.
     *
     * @param users how many there are, with or without interactions
     * @param items how many there are, with or without interactions
     * @return a builder
     */
    public static Builder builder(int users, int items) {
        return new Builder(users, items);
    }

    @Override
    public int userCount() {
        return byUser.rows();
    }

    @Override
    public int itemCount() {
        return byUser.columns();
    }

    @Override
    public long interactionCount() {
        return byUser.count();
    }

    /** Collects interactions in any order. Not thread-safe. */
    public static final class Builder {

        private final int users;
        private final int items;
        private final List<Entry> entries = new ArrayList<>();
        private Optional<SparseRows> userFeatures = Optional.empty();
        private Optional<SparseRows> itemFeatures = Optional.empty();
        private boolean timed;

        private record Entry(int user, int item, float value, long time) {

            private Entry transposed() {
                return new Entry(item, user, value, time);
            }
        }

        private Builder(int users, int items) {
            this.users = users;
            this.items = items;
        }

        /**
         * Adds an interaction without a time.
         *
         * @param user from 0
         * @param item from 0
         * @param value finite
         * @return this
         */
        public Builder add(int user, int item, float value) {
            return add(user, item, value, 0);
        }

        /**
         * Adds an interaction.
         *
         * @param user from 0
         * @param item from 0
         * @param value finite
         * @param time seconds since 1970 UTC, 0 when not known
         * @return this
         */
        public Builder add(int user, int item, float value, long time) {
            if (user < 0 || user >= users || item < 0 || item >= items || !Float.isFinite(value)) {
                throw new IllegalArgumentException("Interaction of user " + user + " of " + users + " with item " + item
                        + " of " + items + " with value " + value);
            }
            entries.add(new Entry(user, item, value, time));
            timed |= time != 0;
            return this;
        }

        /**
         * Sets features of the users.
         *
         * @param features one row a user
         * @return this
         */
        public Builder userFeatures(SparseRows features) {
            userFeatures = Optional.of(features);
            return this;
        }

        /**
         * Sets features of the items.
         *
         * @param features one row an item
         * @return this
         */
        public Builder itemFeatures(SparseRows features) {
            itemFeatures = Optional.of(features);
            return this;
        }

        /**
         * Makes the snapshot.
         *
         * @return the interactions added so far
         * @throws IllegalArgumentException when a pair of user and item was added twice
         */
        public InMemorySnapshot build() {
            SparseRows byUser = rows(users, items, entries);
            SparseRows byItem =
                    rows(items, users, entries.stream().map(Entry::transposed).toList());
            return new InMemorySnapshot(byUser, byItem, userFeatures, itemFeatures, fingerprint(byUser));
        }

        private SparseRows rows(int rowCount, int columnCount, List<Entry> unsorted) {
            List<Entry> sorted = unsorted.stream()
                    .sorted(Comparator.comparingInt(Entry::user).thenComparingInt(Entry::item))
                    .toList();
            Arena arena = Arena.ofAuto();
            MemorySegment offsets = arena.allocate((rowCount + 1L) * Long.BYTES, 64);
            MemorySegment indices = arena.allocate((long) sorted.size() * Integer.BYTES, 64);
            MemorySegment values = arena.allocate((long) sorted.size() * Float.BYTES, 64);
            MemorySegment times = arena.allocate(timed ? (long) sorted.size() * Long.BYTES : 0, 64);
            int row = 0;
            for (int position = 0; position < sorted.size(); position++) {
                Entry entry = sorted.get(position);
                checkDistinct(sorted, position);
                while (row < entry.user()) {
                    offsets.set(SparseRows.INT64, ++row * (long) Long.BYTES, position);
                }
                indices.set(SparseRows.INT32, position * (long) Integer.BYTES, entry.item());
                values.set(SparseRows.FLOAT32, position * (long) Float.BYTES, entry.value());
                if (timed) {
                    times.set(SparseRows.INT64, position * (long) Long.BYTES, entry.time());
                }
            }
            while (row < rowCount) {
                offsets.set(SparseRows.INT64, ++row * (long) Long.BYTES, sorted.size());
            }
            return new SparseRows(
                    rowCount,
                    columnCount,
                    offsets.asReadOnly(),
                    indices.asReadOnly(),
                    values.asReadOnly(),
                    times.asReadOnly());
        }

        private static void checkDistinct(List<Entry> sorted, int position) {
            if (position > 0
                    && sorted.get(position).user() == sorted.get(position - 1).user()
                    && sorted.get(position).item() == sorted.get(position - 1).item()) {
                throw new IllegalArgumentException("Two interactions of one pair: " + sorted.get(position));
            }
        }

        private static String fingerprint(SparseRows rows) {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update(ByteBuffer.allocate(8)
                        .putInt(rows.rows())
                        .putInt(rows.columns())
                        .flip());
                for (MemorySegment part : List.of(rows.offsets(), rows.indices(), rows.values(), rows.times())) {
                    digest.update(part.asByteBuffer());
                }
                return HexFormat.of().formatHex(digest.digest());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java platform has SHA-256", e);
            }
        }
    }
}
