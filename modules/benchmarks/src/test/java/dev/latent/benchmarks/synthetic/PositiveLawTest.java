package dev.latent.benchmarks.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latent.benchmarks.data.TrainingData;
import dev.latent.spi.Snapshot;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

/** The expected figures of imp1m are those of the NumPy generator over seeds 1, 2 and 42, with their spread. */
class PositiveLawTest {

    private static final PositiveLaw SMALL =
            new PositiveLaw(200, 1_500, new Activity(6_000, 20, 0.8, 5, 150), new Popularity(1.2, 10), 60);

    private static Snapshot foldIn(TrainingData data) {
        return data.foldIn().orElseThrow();
    }

    @Test
    void imp1m_shapeAndPlantedRecall_areThoseOfTheLaw() {
        TrainingData data = SyntheticSets.find("imp1m").orElseThrow().draw("imp1m", 42, Arena.ofAuto());

        assertThat(data.train().userCount()).isEqualTo(5_440);
        assertThat(data.train().itemCount()).isEqualTo(3_700);
        assertThat(data.train().interactionCount()).isCloseTo(857_000, within(10_000L));
        assertThat(foldIn(data).userCount()).isEqualTo(600);
        assertThat((double) data.test().interactionCount() / foldIn(data).interactionCount())
                .isCloseTo(0.25, within(0.003));
        assertThat(data.facts().get("recall@20_planted")).isCloseTo(0.52, within(0.03));
        assertThat(data.facts().get("recall@20_popularity")).isCloseTo(0.118, within(0.02));
    }

    @Test
    void heldOutUsers_haveBothParts_ofItemsThatWereTrainedOn() {
        TrainingData data = SMALL.draw("test", 4, Arena.ofAuto());
        for (int user = 0; user < data.test().userCount(); user++) {
            int tested = data.test().byUser().length(user);
            int known = tested + foldIn(data).byUser().length(user);
            assertThat(tested).isEqualTo((int) Math.max(1, Math.rint(0.2 * known)));
            assertThat(known).isGreaterThan(tested);
        }
        for (int item = 0; item < data.train().itemCount(); item++) {
            int held = data.test().byItem().length(item) + foldIn(data).byItem().length(item);
            assertThat(held == 0 || data.train().byItem().length(item) > 0).isTrue();
        }
    }

    @Test
    void sameSeed_sameSet_otherSeed_anotherSet() {
        String first = SMALL.draw("test", 5, Arena.ofAuto()).test().fingerprint();

        assertThat(SMALL.draw("test", 5, Arena.ofAuto()).test().fingerprint()).isEqualTo(first);
        assertThat(SMALL.draw("test", 6, Arena.ofAuto()).test().fingerprint()).isNotEqualTo(first);
    }
}
