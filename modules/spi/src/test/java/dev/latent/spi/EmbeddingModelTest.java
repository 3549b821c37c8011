package dev.latent.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

/** Embedding models: scores, shapes, copies. */
final class EmbeddingModelTest {

    private final FloatMatrix users = matrix(2, 2, 1, 2, 3, 4);
    private final FloatMatrix items = matrix(3, 2, 5, 6, 7, 8, 9, 10);

    @Test
    void score_isTheDotProduct() {
        EmbeddingModel model = EmbeddingModel.builder(users, items).build();
        assertThat(model.score(1, 2)).isEqualTo(3 * 9 + 4 * 10);
        assertThat(model.rank()).isEqualTo(2);
        assertThat(model.offset()).isZero();
        assertThat(model.foldIn()).isEqualTo(new FoldIn.None());
        assertThat(model.userBiases()).isEmpty();
        assertThat(model.itemBiases()).isEmpty();
    }

    @Test
    void score_addsOffsetAndBiases() {
        assertThat(full().score(1, 2)).isEqualTo(3 * 9 + 4 * 10 + 0.5 + 20 + 300);
        assertThat(full().score(0, 0)).isEqualTo(5 + 12 + 0.5 + 10 + 100);
    }

    @Test
    void copy_isEqualAndOwnsItsMemory() {
        EmbeddingModel original = full();
        EmbeddingModel copy = original.copyTo(Arena.ofAuto());
        assertThat(copy.score(1, 2)).isEqualTo(original.score(1, 2));
        assertThat(copy.foldIn()).isEqualTo(original.foldIn());
        original.users().set(1, 0, -1);
        original.itemBiases().orElseThrow().set(2, 0, -1);
        assertThat(copy.score(1, 2)).isEqualTo(3 * 9 + 4 * 10 + 0.5 + 20 + 300);
    }

    @Test
    void shapesThatDisagree_areRefused() {
        EmbeddingModel.Builder otherRank = EmbeddingModel.builder(users, matrix(1, 3, 1, 2, 3));
        assertThatIllegalArgumentException()
                .isThrownBy(otherRank::build)
                .withMessage("Item factors have 3 columns where 2 are needed");
        EmbeddingModel.Builder fewBiases = EmbeddingModel.builder(users, items).userBiases(matrix(1, 1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(fewBiases::build)
                .withMessage("User biases have 1 rows, their factors 2");
        EmbeddingModel.Builder wideBiases = EmbeddingModel.builder(users, items).itemBiases(items);
        assertThatIllegalArgumentException()
                .isThrownBy(wideBiases::build)
                .withMessage("Item biases have 2 columns where 1 are needed");
    }

    private EmbeddingModel full() {
        return EmbeddingModel.builder(users, items)
                .userBiases(matrix(2, 1, 10, 20))
                .itemBiases(matrix(3, 1, 100, 200, 300))
                .offset(0.5f)
                .foldIn(new FoldIn.Ridge(0.1, 2, 1, new Confidence.Linear(40), 0, FoldIn.Target.ONE, false))
                .build();
    }

    private static FloatMatrix matrix(int rows, int columns, float... elements) {
        FloatMatrix matrix = FloatMatrix.allocate(Arena.ofAuto(), rows, columns);
        for (int row = 0; row < rows; row++) {
            matrix.writeRow(row, elements, row * columns);
        }
        return matrix;
    }
}
