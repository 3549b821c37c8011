package dev.latent.benchmarks.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latent.benchmarks.data.TrainingData;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import java.lang.foreign.Arena;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The expected figures of exp1m are those of the NumPy generator over seeds 1, 2 and 42, with their spread. */
class RatingLawTest {

    private static final RatingLaw SMALL = new RatingLaw(300, 200, 12_000, 30, 0.8);

    private static TrainingData draw(RatingLaw law, long seed) {
        return law.draw("test", seed, Arena.ofAuto());
    }

    @Test
    void exp1m_shapeMeansAndPlantedErrors_areThoseOfTheLaw() {
        TrainingData data = SyntheticSets.find("exp1m").orElseThrow().draw("exp1m", 42, Arena.ofAuto());

        assertThat(data.train().userCount()).isEqualTo(6_040);
        assertThat(data.train().itemCount()).isEqualTo(3_700);
        long total = data.train().interactionCount() + data.test().interactionCount();
        assertThat(total).isCloseTo(1_000_000, within(2_000L));
        assertThat((double) data.test().interactionCount() / total).isCloseTo(0.1, within(0.002));
        assertThat(data.facts().get("mean")).isCloseTo(3.49, within(0.04));
        assertThat(data.facts().get("rmse_planted")).isCloseTo(0.716, within(0.008));
        assertThat(data.facts().get("rmse_planted_biases")).isCloseTo(0.867, within(0.012));
        assertThat(data.facts().get("rmse_train_mean")).isCloseTo(1.044, within(0.012));
        assertThat(topShare(data.train(), 37)).isCloseTo(0.083, within(0.004));
        assertThat(medianLength(data.train().byUser())).isBetween(80, 100);
    }

    private static double topShare(Snapshot snapshot, int items) {
        long top = IntStream.range(0, snapshot.itemCount())
                .map(item -> -snapshot.byItem().length(item))
                .sorted()
                .limit(items)
                .mapToLong(length -> -length)
                .sum();
        return (double) top / snapshot.interactionCount();
    }

    private static int medianLength(SparseRows rows) {
        return IntStream.range(0, rows.rows())
                .map(rows::length)
                .sorted()
                .skip(rows.rows() / 2)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void sameSeed_sameSet_otherSeed_anotherSet() {
        assertThat(draw(SMALL, 5).train().fingerprint())
                .isEqualTo(draw(SMALL, 5).train().fingerprint());
        assertThat(draw(SMALL, 5).train().fingerprint())
                .isNotEqualTo(draw(SMALL, 6).train().fingerprint());
    }

    @Test
    void values_areHalfStars_pairsDistinct_bothPartsDisjoint() {
        TrainingData data = draw(SMALL, 7);
        Set<Long> pairs = new HashSet<>();
        for (Snapshot part : new Snapshot[] {data.train(), data.test()}) {
            SparseRows rows = part.byUser();
            for (int user = 0; user < rows.rows(); user++) {
                for (long position = rows.start(user); position < rows.end(user); position++) {
                    assertThat(pairs.add((long) user * rows.columns() + rows.index(position)))
                            .isTrue();
                    assertThat(rows.value(position) * 2)
                            .isBetween(1f, 10f)
                            .isEqualTo(Math.round(rows.value(position) * 2));
                }
            }
        }
    }

    @Test
    void everyTestUserAndItem_hasATrainRating() {
        TrainingData data = draw(new RatingLaw(400, 300, 8_000, 20, 0.3), 3);
        for (int user = 0; user < data.test().userCount(); user++) {
            assertThat(data.test().byUser().length(user) == 0
                            || data.train().byUser().length(user) > 0)
                    .isTrue();
        }
        for (int item = 0; item < data.test().itemCount(); item++) {
            assertThat(data.test().byItem().length(item) == 0
                            || data.train().byItem().length(item) > 0)
                    .isTrue();
        }
    }
}
