package dev.latent.algorithms.sgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latent.algorithms.sgd.BlockSchedule.Kind;
import dev.latent.math.SeededRandom;
import dev.latent.math.WorkerPool;
import dev.latent.spi.SparseRows;
import dev.latent.testkit.InMemorySnapshot;
import dev.latent.testkit.SyntheticSnapshots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BlockScheduleTest {

    private static final int BINS = 5;

    private final Positives positives =
            new Positives(SyntheticSnapshots.ratings(80, 60, 0.2, 3).byUser(), 3);

    private BlockSchedule dealt(int epoch, int threads) {
        return dealt(epoch, threads, Kind.REDEALT);
    }

    private BlockSchedule dealt(int epoch, int threads, Kind kind) {
        BlockSchedule schedule = new BlockSchedule(positives, 1, kind, BINS);
        try (WorkerPool pool = new WorkerPool(threads)) {
            schedule.deal(epoch, pool);
        }
        return schedule;
    }

    private static List<String> block(BlockSchedule schedule, int userBin, int itemBin) {
        Ratings bin = schedule.userBin(userBin).block(itemBin);
        List<String> entries = new ArrayList<>();
        for (int at = bin.from(); at < bin.to(); at++) {
            int user = schedule.userOrder()[bin.users()[at]];
            entries.add(user + " " + schedule.itemLayout()[bin.items()[at]] + " " + bin.values()[at]);
        }
        return entries;
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void stagesOfAnEpoch_coverEachPositiveOnce(Kind kind) {
        BlockSchedule schedule = dealt(1, 1, kind);
        List<String> met = new ArrayList<>();
        for (int stage = 0; stage < BINS; stage++) {
            for (int bin = 0; bin < BINS; bin++) {
                met.addAll(block(schedule, bin, schedule.itemBin(bin, stage)));
            }
        }
        List<String> expected = new ArrayList<>();
        SparseRows rows = positives.byUser();
        for (int user = 0; user < rows.rows(); user++) {
            for (long position = rows.start(user); position < rows.end(user); position++) {
                if (rows.value(position) >= 3) {
                    expected.add(user + " " + rows.index(position) + " " + rows.value(position));
                }
            }
        }
        assertThat(met).hasSize((int) positives.count()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void rowsOfFixedBins_lieTogether_thoseWithoutInteractionsBehind() {
        Positives sparse =
                new Positives(SyntheticSnapshots.ratings(20, 300, 0.02, 3).byUser(), 0);
        int seen = sparse.seenItems().length;
        BlockSchedule schedule = new BlockSchedule(sparse, 1, Kind.FIXED, 2);
        int[] layout = schedule.itemLayout();

        assertThat(Arrays.copyOf(layout, seen)).containsExactly(schedule.itemOrder());
        assertThat(layout.length).isEqualTo(300).isGreaterThan(seen);
        for (int row = seen; row < layout.length; row++) {
            assertThat(sparse.seenOfItem(layout[row])).isZero();
        }
        assertThat(Arrays.stream(layout).sorted().toArray())
                .containsExactly(IntStream.range(0, 300).toArray());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void blocksOfOneStage_shareNoUserAndNoItem(Kind kind) {
        BlockSchedule schedule = dealt(2, 1, kind);
        for (int stage = 0; stage < BINS; stage++) {
            Set<Integer> users = new HashSet<>();
            Set<Integer> items = new HashSet<>();
            for (int bin = 0; bin < BINS; bin++) {
                Set<Integer> blockUsers = new HashSet<>();
                Set<Integer> blockItems = new HashSet<>();
                int itemBin = schedule.itemBin(bin, stage);
                Ratings block = schedule.userBin(bin).block(itemBin);
                for (int at = block.from(); at < block.to(); at++) {
                    blockUsers.add(block.users()[at]);
                }
                for (int at = schedule.itemStart(itemBin); at < schedule.itemStart(itemBin + 1); at++) {
                    blockItems.add(schedule.itemOrder()[at]);
                }
                assertThat(users).doesNotContainAnyElementsOf(blockUsers);
                assertThat(items).doesNotContainAnyElementsOf(blockItems);
                users.addAll(blockUsers);
                items.addAll(blockItems);
            }
            assertThat(items).hasSize(60);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void itemsOfABlock_areInItsBin(Kind kind) {
        BlockSchedule schedule = dealt(1, 1, kind);
        for (int itemBin = 0; itemBin < BINS; itemBin++) {
            Set<Integer> members = new HashSet<>();
            for (int at = schedule.itemStart(itemBin); at < schedule.itemStart(itemBin + 1); at++) {
                members.add(schedule.itemOrder()[at]);
            }
            for (int bin = 0; bin < BINS; bin++) {
                Ratings block = schedule.userBin(bin).block(itemBin);
                for (int at = block.from(); at < block.to(); at++) {
                    assertThat(members).contains(schedule.itemLayout()[block.items()[at]]);
                }
            }
        }
    }

    @Test
    void threads_doNotChangeTheDeal() {
        BlockSchedule one = dealt(1, 1);
        BlockSchedule three = dealt(1, 3);
        for (int bin = 0; bin < BINS; bin++) {
            for (int itemBin = 0; itemBin < BINS; itemBin++) {
                assertThat(block(three, bin, itemBin)).isEqualTo(block(one, bin, itemBin));
            }
        }
    }

    @Test
    void fixedBins_areDealtOnceAtEqualNumbersOfInteractions() {
        BlockSchedule schedule = dealt(1, 1, Kind.FIXED);
        int[] order = schedule.itemOrder().clone();
        try (WorkerPool pool = new WorkerPool(1)) {
            schedule.deal(2, pool);
        }
        assertThat(schedule.itemOrder()).isEqualTo(order);
        for (int bin = 0; bin < BINS; bin++) {
            int sum = 0;
            for (int at = schedule.itemStart(bin); at < schedule.itemStart(bin + 1); at++) {
                sum += positives.ofItem(order[at]);
            }
            assertThat((double) sum).isCloseTo((double) positives.count() / BINS, within(30.0));
        }
    }

    @Test
    void rowsOfAFixedBlock_ascend() {
        BlockSchedule schedule = dealt(1, 1, Kind.FIXED);
        for (int bin = 0; bin < BINS; bin++) {
            Ratings block = schedule.userBin(bin).block(bin);
            assertThat(Arrays.copyOfRange(block.users(), block.from(), block.to()))
                    .isSorted();
        }
    }

    @Test
    void epochs_dealDifferently() {
        assertThat(dealt(2, 1).itemOrder()).isNotEqualTo(dealt(1, 1).itemOrder());
    }

    @Test
    void bins_growWithTheData() {
        assertThat(BlockSchedule.binsFor(
                        new Positives(SyntheticSnapshots.empty(0, 0).byUser(), 0), Kind.REDEALT, 256))
                .isEqualTo(1);
        assertThat(BlockSchedule.binsFor(
                        new Positives(SyntheticSnapshots.allEqual(200, 100, 1).byUser(), 0), Kind.REDEALT, 256))
                .isEqualTo(3);
        assertThat(BlockSchedule.binsFor(
                        new Positives(SyntheticSnapshots.allEqual(8, 5000, 1).byUser(), 0), Kind.REDEALT, 256))
                .isEqualTo(1);
    }

    @Test
    void negatives_areItemsOfTheBinThatTheUserDoesNotLike() {
        BlockSchedule schedule = dealt(1, 1);
        NegativeSampler sampler = new NegativeSampler(positives, schedule, 0);
        SeededRandom random = SeededRandom.of(1, 1);
        for (int user = 0; user < 80; user++) {
            for (int itemBin = 0; itemBin < BINS; itemBin++) {
                int drawn = sampler.draw(user, itemBin, random);
                int end = schedule.itemStart(itemBin + 1);
                assertThat(schedule.itemOrder()).contains(drawn);
                assertThat(Arrays.copyOfRange(schedule.itemOrder(), schedule.itemStart(itemBin), end))
                        .contains(drawn);
                assertThat(positives.contains(user, drawn)).isFalse();
            }
        }
    }

    /** Items of one bin, drawn a hundred times each on average, against their shares. */
    @Test
    void negativesByPopularity_areDrawnByThePowerOfTheirCounts() {
        InMemorySnapshot.Builder builder = InMemorySnapshot.builder(9, 3);
        builder.add(8, 2, 1);
        for (int user = 0; user < 8; user++) {
            builder.add(user, 0, 1);
            if (user < 2) {
                builder.add(user, 1, 1);
            }
        }
        Positives few = new Positives(builder.build().byUser(), 0);
        BlockSchedule schedule = new BlockSchedule(few, 1, Kind.REDEALT, 1);
        try (WorkerPool pool = new WorkerPool(1)) {
            schedule.deal(1, pool);
        }
        NegativeSampler sampler = new NegativeSampler(few, schedule, 0.5);
        sampler.prepare();
        SeededRandom random = SeededRandom.of(1, 1);
        int first = 0;
        for (int draw = 0; draw < 10_000; draw++) {
            int item = sampler.draw(8, 0, random);
            assertThat(item).isBetween(0, 1);
            first += item == 0 ? 1 : 0;
        }
        assertThat(first / 1e4).isCloseTo(Math.sqrt(8) / (Math.sqrt(8) + Math.sqrt(2)), within(0.02));
    }

    @Test
    void itemsWithoutInteractions_areNotDrawn() {
        InMemorySnapshot.Builder builder = InMemorySnapshot.builder(2, 5);
        builder.add(0, 1, 1).add(1, 3, 1);
        Positives few = new Positives(builder.build().byUser(), 0);
        BlockSchedule schedule = new BlockSchedule(few, 1, Kind.REDEALT, 1);
        try (WorkerPool pool = new WorkerPool(1)) {
            schedule.deal(1, pool);
        }
        assertThat(schedule.itemOrder()).containsExactlyInAnyOrder(1, 3);
        assertThat(new NegativeSampler(few, schedule, 0).draw(0, 0, SeededRandom.of(1, 1)))
                .isEqualTo(3);
    }

    @Test
    void userWhoLikesTheWholeBin_givesNoNegative() {
        Positives all = new Positives(SyntheticSnapshots.allEqual(4, 6, 1).byUser(), 0);
        BlockSchedule schedule = new BlockSchedule(all, 1, Kind.REDEALT, 2);
        try (WorkerPool pool = new WorkerPool(1)) {
            schedule.deal(1, pool);
        }
        NegativeSampler sampler = new NegativeSampler(all, schedule, 0);
        assertThat(sampler.draw(0, 1, SeededRandom.of(1, 1))).isEqualTo(NegativeSampler.NONE);
    }
}
