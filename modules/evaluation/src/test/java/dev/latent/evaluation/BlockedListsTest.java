package dev.latent.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BlockedListsTest {

    private static final int USERS = 300;
    private static final int ITEMS = 700;

    private final Arena arena = Arena.ofAuto();
    private final SplittableRandom random = new SplittableRandom(3);

    @Test
    void itemsPackedBlockByBlock_giveTheListsOfItemsPackedOnce() {
        SplitSnapshot parts = new Split.Random(0.3).apply(Rows.random(arena, USERS, ITEMS, 0.05, 1), 1, arena);
        EmbeddingModel model = EmbeddingModel.builder(matrix(USERS, 9), matrix(ITEMS, 9))
                .itemBiases(matrix(ITEMS, 1))
                .build();
        ListNeeds needs = new ListNeeds(20, true, ItemFacts.bySegment(parts.train()));
        List<TestCase> cases =
                TestCase.ofCatalogue(parts.test(), RelevanceRule.ALL).subList(0, 290);
        ListSource shared = BlockedLists.source(model, parts.train().byUser(), Long.MAX_VALUE);
        ListSource own = BlockedLists.source(model, parts.train().byUser(), 0);
        assertThat(own.slices()).isGreaterThan(shared.slices());

        FoundLists together = find(own.open(needs, 5 * TopLists.SLICE), cases, needs);

        TopLists single = shared.open(needs, TopLists.SLICE);
        for (int first = 0; first < cases.size(); first += TopLists.SLICE) {
            List<TestCase> slice = cases.subList(first, Math.min(cases.size(), first + TopLists.SLICE));
            FoundLists found = find(single, slice, needs);
            for (int index = 0; index < slice.size(); index++) {
                assertThat(together.items[first + index]).containsExactly(found.items[index]);
                assertThat(together.lengths[first + index]).isEqualTo(20);
                assertThat(together.firstRanks[first + index]).containsExactly(found.firstRanks[index]);
            }
        }
    }

    private static FoundLists find(TopLists lists, List<TestCase> cases, ListNeeds needs) {
        FoundLists found = new FoundLists(cases.size(), needs);
        lists.find(cases, found);
        return found;
    }

    private FloatMatrix matrix(int rows, int columns) {
        FloatMatrix matrix = FloatMatrix.allocate(arena, rows, columns);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                matrix.set(row, column, (float) random.nextGaussian());
            }
        }
        return matrix;
    }
}
