package dev.latent.evaluation;

import dev.latent.spi.SparseRows;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.stream.IntStream;

/** A case for each user with a relevant test item, over the full catalogue; each is made anew when it is asked for. */
final class CatalogueCases extends AbstractList<TestCase> implements RandomAccess {

    private final SparseRows test;
    private final RelevanceRule relevance;
    private final int[] users;

    CatalogueCases(SparseRows test, RelevanceRule relevance) {
        this.test = test;
        this.relevance = relevance;
        users = IntStream.range(0, test.rows()).filter(this::hasRelevant).toArray();
    }

    private boolean hasRelevant(int user) {
        for (long position = test.start(user); position < test.end(user); position++) {
            if (relevance.isRelevant(test.value(position))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int size() {
        return users.length;
    }

    @Override
    public TestCase get(int index) {
        int user = users[index];
        int[] items = new int[test.length(user)];
        int count = 0;
        for (long position = test.start(user); position < test.end(user); position++) {
            if (relevance.isRelevant(test.value(position))) {
                items[count++] = test.index(position);
            }
        }
        return new TestCase(user, Arrays.copyOf(items, count), Optional.empty());
    }
}
