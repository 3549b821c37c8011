package dev.latent.evaluation;

import dev.latent.spi.Snapshot;
import java.lang.foreign.Arena;
import java.util.SplittableRandom;

/** Snapshots of a few interactions. */
final class Rows {

    private Rows() {}

    /** One row a user: item numbers, each with value 1 and its place as time. */
    static Snapshot of(Arena arena, int items, int[]... users) {
        InteractionColumns columns = new InteractionColumns();
        for (int user = 0; user < users.length; user++) {
            for (int place = 0; place < users[user].length; place++) {
                columns.add(user, users[user][place], 1, place + 1);
            }
        }
        return columns.pack(users.length, items, arena);
    }

    /** A random snapshot with ratings of 1 to 5. */
    static Snapshot random(Arena arena, int users, int items, double density, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        InteractionColumns columns = new InteractionColumns();
        for (int user = 0; user < users; user++) {
            for (int item = 0; item < items; item++) {
                if (random.nextDouble() < density * 2 * (items - item) / items) {
                    columns.add(user, item, 1 + random.nextInt(5), 1 + random.nextInt(1000));
                }
            }
        }
        return columns.pack(users, items, arena);
    }
}
