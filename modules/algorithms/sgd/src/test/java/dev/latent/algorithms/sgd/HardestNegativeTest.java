package dev.latent.algorithms.sgd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.math.SeededRandom;
import dev.latent.math.WorkerPool;
import dev.latent.testkit.InMemorySnapshot;
import java.lang.foreign.Arena;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HardestNegativeTest {

    private static final int ITEMS = 40;

    private final Arena arena = Arena.ofAuto();
    private final RowTable users = new RowTable(arena, new int[] {0, 1}, 2, false);
    private final RowTable items = new RowTable(arena, IntStream.range(0, ITEMS).toArray(), 2, false);

    /** User 0 likes item 0, user 1 the others; to user 0 an item scores as high as its number says. */
    private HardestNegative choice(int candidates) {
        InMemorySnapshot.Builder builder = InMemorySnapshot.builder(2, ITEMS).add(0, 0, 1);
        users.setFactor(0, 0, 1);
        for (int item = 0; item < ITEMS; item++) {
            items.setFactor(item, 0, item / 2f);
            items.set(item, RowTable.BIAS, item / 2f);
            if (item > 0) {
                builder.add(1, item, 1);
            }
        }
        Positives positives = new Positives(builder.build().byUser(), 0);
        BlockSchedule schedule = new BlockSchedule(positives, 1, BlockSchedule.Kind.REDEALT, 1);
        try (WorkerPool pool = new WorkerPool(1)) {
            schedule.deal(1, pool);
        }
        NegativeSampler sampler = new NegativeSampler(positives, schedule, 0);
        sampler.prepare();
        return new HardestNegative(users, items, sampler, candidates);
    }

    private static double mean(HardestNegative choice) {
        SeededRandom random = SeededRandom.of(3, 3);
        return IntStream.range(0, 400)
                .map(_ -> choice.draw(0, 0, random))
                .average()
                .orElseThrow();
    }

    @Test
    void oneCandidate_isWhatIsDrawn() {
        assertThat(mean(choice(1))).isBetween(18.0, 22.0);
    }

    @Test
    void severalCandidates_theHighestScoredIsTaken() {
        assertThat(mean(choice(3))).isBetween(28.5, 31.5); // of three uniform ones the largest lies at three quarters
        assertThat(mean(choice(200))).isGreaterThan(38.5);
    }

    @Test
    void nothingToDraw_isNone() {
        InMemorySnapshot all = InMemorySnapshot.builder(1, 1).add(0, 0, 1).build();
        Positives positives = new Positives(all.byUser(), 0);
        BlockSchedule schedule = new BlockSchedule(positives, 1, BlockSchedule.Kind.REDEALT, 1);
        try (WorkerPool pool = new WorkerPool(1)) {
            schedule.deal(1, pool);
        }
        HardestNegative choice = new HardestNegative(users, items, new NegativeSampler(positives, schedule, 0), 5);
        assertThat(choice.draw(0, 0, SeededRandom.of(1, 1))).isEqualTo(NegativeSampler.NONE);
    }
}
