package dev.latent.evaluation;

import dev.latent.math.SeededRandom;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Strong generalization (Marlin, "Collaborative filtering: a machine learning perspective", 2004; the parameters of Liang et
 * al., WWW 2018): some users are left out of the training altogether; most of what they have is shown to the finished model,
 * the rest is what it should find.
 *
 * @param train without the held-out users' interactions, with the features of the whole
 * @param foldIn of the held-out users, what is shown
 * @param test of the held-out users, what is asked for: only items that {@code train} has
 * @param users how many are held out
 * @param dropped how many test interactions were left out because {@code train} does not have their items
 */
public record HeldOutUsers(Snapshot train, Snapshot foldIn, Snapshot test, int users, long dropped) {

    /** A user needs as many interactions to be held out. */
    public static final int MINIMUM_LENGTH = 5;

    /** The share of a held-out user's interactions that is asked for. */
    public static final double TEST_SHARE = 0.2;

    private enum Place {
        TRAIN,
        FOLD_IN,
        TEST
    }

    /**
     * Holds users out.
     *
     * @param snapshot what to part
     * @param users how many to hold out, among those of at least {@link #MINIMUM_LENGTH} interactions; above 0
     * @param seed of the draws
     * @param arena owns the memory of the parts
     * @return the parts
     * @throws IllegalArgumentException when not enough users have enough interactions, or none is left
     */
    public static HeldOutUsers cut(Snapshot snapshot, int users, long seed, Arena arena) {
        SparseRows rows = snapshot.byUser();
        int[] eligible = IntStream.range(0, rows.rows())
                .filter(user -> rows.length(user) >= MINIMUM_LENGTH)
                .toArray();
        if (users < 1 || users > eligible.length || users >= rows.rows()) {
            throw new IllegalArgumentException("Strong generalization cannot hold out " + users + " users: "
                    + eligible.length + " of " + rows.rows() + " have at least " + MINIMUM_LENGTH
                    + " interactions, and one has to stay; give another number of held-out users");
        }
        SeededRandom random = SeededRandom.of(seed, -1);
        random.shuffle(eligible);
        Place[] places = new Place[Math.toIntExact(rows.count())];
        Arrays.fill(places, Place.TRAIN);
        for (int index = 0; index < users; index++) {
            random.reseed(seed, eligible[index]);
            partRow(rows, eligible[index], random, places);
        }
        return build(snapshot, places, users, arena);
    }

    private static void partRow(SparseRows rows, int user, SeededRandom random, Place[] places) {
        int start = Math.toIntExact(rows.start(user));
        int[] order = IntStream.range(0, rows.length(user)).toArray();
        random.shuffle(order);
        int test = (int) (TEST_SHARE * order.length);
        for (int index = 0; index < order.length; index++) {
            places[start + order[index]] = index < test ? Place.TEST : Place.FOLD_IN;
        }
    }

    private static HeldOutUsers build(Snapshot snapshot, Place[] places, int users, Arena arena) {
        InteractionColumns train = new InteractionColumns();
        InteractionColumns foldIn = new InteractionColumns();
        InteractionColumns test = new InteractionColumns();
        SparseRows rows = snapshot.byUser();
        for (int user = 0; user < rows.rows(); user++) {
            for (long position = rows.start(user); position < rows.end(user); position++) {
                InteractionColumns target = switch (places[(int) position]) {
                    case TRAIN -> train;
                    case FOLD_IN -> foldIn;
                    case TEST -> test;
                };
                target.add(user, rows.index(position), rows.value(position), rows.time(position));
            }
        }
        Snapshot learned = train.pack(snapshot.userCount(), snapshot.itemCount(), arena);
        InteractionColumns known = withItemsOf(test, learned);
        return new HeldOutUsers(
                FeaturedSnapshot.of(learned, snapshot.itemFeatures(), snapshot.userFeatures()),
                foldIn.pack(snapshot.userCount(), snapshot.itemCount(), arena),
                known.pack(snapshot.userCount(), snapshot.itemCount(), arena),
                users,
                test.size() - known.size());
    }

    private static InteractionColumns withItemsOf(InteractionColumns test, Snapshot learned) {
        InteractionColumns known = new InteractionColumns();
        for (int row = 0; row < test.size(); row++) {
            if (learned.byItem().length(test.item(row)) > 0) {
                known.add(test.user(row), test.item(row), test.value(row), test.time(row));
            }
        }
        return known;
    }
}
