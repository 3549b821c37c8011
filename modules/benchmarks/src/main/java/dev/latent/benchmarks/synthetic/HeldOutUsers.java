package dev.latent.benchmarks.synthetic;

import dev.latent.benchmarks.data.Interactions;
import dev.latent.math.SeededRandom;
import dev.latent.spi.Snapshot;
import java.util.Arrays;

/** Parts the positives of held-out users into fold-in and test, and numbers those users who have both. */
final class HeldOutUsers {

    private final Snapshot train;
    private final SeededRandom random;
    private final double testShare;
    private final Interactions foldIn = new Interactions();
    private final Interactions test = new Interactions();
    private int[] users = new int[1024];
    private int count;

    HeldOutUsers(Snapshot train, SeededRandom random, double testShare) {
        this.train = train;
        this.random = random;
        this.testShare = testShare;
    }

    void add(int user, int[] positives) {
        int[] known = Arrays.stream(positives)
                .filter(item -> train.byItem().length(item) > 0)
                .toArray();
        random.shuffle(known);
        int tested = (int) Math.max(1, Math.rint(testShare * known.length));
        if (known.length <= tested) {
            return;
        }
        for (int index = 0; index < known.length; index++) {
            (index < tested ? test : foldIn).add(count, known[index], 1);
        }
        if (count == users.length) {
            users = Arrays.copyOf(users, 2 * count);
        }
        users[count++] = user;
    }

    int count() {
        return count;
    }

    /** The users kept, by their number in both parts. */
    int[] users() {
        return Arrays.copyOf(users, count);
    }

    Interactions foldIn() {
        return foldIn;
    }

    Interactions test() {
        return test;
    }
}
