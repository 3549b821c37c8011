package dev.latent.evaluation;

import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Thirds by which results are shown apart. Items: from the most popular one on, those that hold the first third of the
 * training interactions are {@code head}, the next third {@code torso}, the last {@code tail}, together with the items
 * without any. Users: sorted by the length of their history, the first third of them are {@code low}, then {@code medium},
 * then {@code high}. Ties: the lower number first.
 */
final class Segments {

    static final List<String> ITEMS = List.of("head", "torso", "tail");
    static final List<String> USERS = List.of("low", "medium", "high");
    static final int COUNT = 3;

    private Segments() {}

    /** The third of each item. */
    static byte[] ofItems(Snapshot train) {
        SparseRows rows = train.byItem();
        byte[] segments = new byte[rows.rows()];
        long before = 0;
        List<Integer> mostFirst = IntStream.range(0, rows.rows())
                .boxed()
                .sorted(Comparator.comparingInt(item -> -rows.length(item)))
                .toList();
        for (int item : mostFirst) {
            boolean any = rows.length(item) > 0;
            segments[item] = (byte) (any ? before * COUNT / rows.count() : COUNT - 1);
            before += rows.length(item);
        }
        return segments;
    }

    /** The third of each of some users. */
    static byte[] ofUsers(int[] historyLengths, int[] users) {
        int[] places = Arrays.stream(users)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(user -> historyLengths[user])
                        .thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
        byte[] byUser = new byte[historyLengths.length];
        for (int place = 0; place < places.length; place++) {
            byUser[places[place]] = (byte) ((long) place * COUNT / places.length);
        }
        byte[] segments = new byte[users.length];
        for (int index = 0; index < users.length; index++) {
            segments[index] = byUser[users[index]];
        }
        return segments;
    }
}
