package dev.latent.evaluation;

import dev.latent.math.SeededRandom;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * One list to rank and what should be at its top.
 *
 * @param user whose list
 * @param relevant items that should be found, ascending, at least one; not to be modified
 * @param candidates what to rank, ascending, the relevant ones included; empty for all items but those of the user's history
 */
@SuppressWarnings("ArrayRecordComponent")
public record TestCase(int user, int[] relevant, Optional<int[]> candidates) {

    /**
     * Makes a case for each user with a relevant test item, over the full catalogue.
     *
     * @param test the interactions that were held out
     * @param relevance which of them are relevant
     * @return ascending by user
     */
    public static List<TestCase> ofCatalogue(Snapshot test, RelevanceRule relevance) {
        return List.copyOf(new CatalogueCases(test.byUser(), relevance));
    }

    /**
     * Makes a case for each user with a relevant test item, against items drawn uniformly from those that the user has
     * neither in the history nor in the test.
     *
     * @param histories of the users
     * @param test the interactions that were held out
     * @param relevance which of them are relevant
     * @param negatives how many to draw; fewer where there are not as many
     * @param seed of the draws
     * @return ascending by user
     */
    public static List<TestCase> sampled(
            Snapshot histories, Snapshot test, RelevanceRule relevance, int negatives, long seed) {
        List<TestCase> cases = new ArrayList<>();
        SeededRandom random = SeededRandom.of(seed, 0);
        for (TestCase plain : ofCatalogue(test, relevance)) {
            random.reseed(seed, plain.user);
            BitSet taken = new BitSet(test.itemCount());
            addAll(histories.byUser(), plain.user, taken);
            addAll(test.byUser(), plain.user, taken);
            int free = test.itemCount() - taken.cardinality();
            BitSet chosen = new BitSet(test.itemCount());
            Arrays.stream(plain.relevant).forEach(chosen::set);
            int wanted = Math.min(negatives, free) + plain.relevant.length;
            while (chosen.cardinality() < wanted) {
                int item = random.nextInt(test.itemCount());
                if (!taken.get(item)) {
                    chosen.set(item);
                }
            }
            cases.add(new TestCase(
                    plain.user, plain.relevant, Optional.of(chosen.stream().toArray())));
        }
        return cases;
    }

    private static void addAll(SparseRows rows, int user, BitSet items) {
        for (long position = rows.start(user); position < rows.end(user); position++) {
            items.set(rows.index(position));
        }
    }
}
