package dev.latent.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latent.evaluation.Measurement;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.SparseRows;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColdItemsTest {

    private static final int ITEMS = 300;
    private static final int USERS = 20;

    @TempDir
    private Path folder = Path.of("");

    /** Users of each parity have all items of that parity, and the items' categories say which. */
    @BeforeEach
    void write() throws IOException {
        StringBuilder rows = new StringBuilder("user_id,item_id,rating,timestamp\n");
        StringBuilder items = new StringBuilder("item_id,title,categories\n");
        for (int item = 0; item < ITEMS; item++) {
            items.append(1000 + item).append(",\"A title, with a comma\",");
            items.append(item % 2 == 0 ? "Even|All\n" : "Odd\n");
            for (int user = item % 2; user < USERS; user += 2) {
                rows.append(100 + user).append(',').append(1000 + item).append(",5,\n");
            }
        }
        Files.writeString(folder.resolve("interactions.csv"), rows);
        Files.writeString(folder.resolve("items.csv"), items);
    }

    @Test
    void aTenthOfTheItems_isHiddenFromTheTraining() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            ColdItems cold = ColdItems.read(folder, 1, arena);

            assertThat(cold.hidden().cardinality()).isEqualTo(ITEMS / 10);
            for (int item = 0; item < ITEMS; item++) {
                assertThat(cold.parts().train().byItem().length(item))
                        .isEqualTo(cold.hidden().get(item) ? 0 : USERS / 2);
                assertThat(cold.parts().test().byItem().length(item))
                        .isEqualTo(cold.hidden().get(item) ? USERS / 2 : 0);
            }
            assertThat(ColdItems.read(folder, 2, arena).hidden()).isNotEqualTo(cold.hidden());
        }
    }

    @Test
    void categories_areFeaturesOfEveryItem() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            SparseRows features = ColdItems.read(folder, 1, arena)
                    .parts()
                    .train()
                    .itemFeatures()
                    .orElseThrow();

            assertThat(features.rows()).isEqualTo(ITEMS);
            assertThat(features.columns()).isEqualTo(3);
            assertThat(features.length(0)).isEqualTo(2);
            assertThat(features.length(1)).isEqualTo(1);
            assertThat(features.index(features.start(1))).isNotEqualTo(features.index(features.start(0)));
        }
    }

    @Test
    void aModelThatKnowsTheCategory_findsWhatLotDoesNot() throws IOException {
        try (Arena arena = Arena.ofShared()) {
            ColdItems cold = ColdItems.read(folder, 1, arena);
            FloatMatrix users = FloatMatrix.allocate(arena, USERS, 1);
            FloatMatrix items = FloatMatrix.allocate(arena, ITEMS, 1);
            for (int row = 0; row < ITEMS; row++) {
                items.set(row, 0, row % 2 == 0 ? 1 : -1);
                if (row < USERS) {
                    users.set(row, 0, row % 2 == 0 ? 1 : -1);
                }
            }

            Measurement measured =
                    cold.measure(EmbeddingModel.builder(users, items).build(), 2);

            assertThat(measured.users()).isEqualTo(USERS);
            assertThat(measured.metrics().get("recall@20")).isEqualTo(1);
            // 20 of the 30 hidden items are listed
            assertThat(measured.metrics().get("recall@20_random")).isEqualTo(20.0 / 30, within(1e-9));
        }
    }
}
