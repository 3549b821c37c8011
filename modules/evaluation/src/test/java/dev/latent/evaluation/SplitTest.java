package dev.latent.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latent.spi.History;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import dev.latent.testkit.InMemorySnapshot;
import dev.latent.testkit.SyntheticSnapshots;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Splits hold out what they say, lose nothing and depend on nothing but the seed. */
class SplitTest {

    private final Arena arena = Arena.ofAuto();

    @ParameterizedTest
    @ValueSource(strings = {"leave-last-out", "latest-share:0.2", "random:0.2", "temporal:0.3"})
    void apply_anySplit_partsTogetherAreTheSnapshot(String text) {
        Snapshot snapshot = SyntheticSnapshots.ratings(53, 41, 0.2, 7);

        SplitSnapshot parts = Split.parse(text).apply(snapshot, 3, arena);

        Set<String> train = entries(parts.train().byUser(), false);
        Set<String> test = entries(parts.test().byUser(), false);
        assertThat(train).isNotEmpty().doesNotContainAnyElementsOf(test);
        Set<String> union = new TreeSet<>(train);
        union.addAll(test);
        assertThat(union).isEqualTo(entries(snapshot.byUser(), false));
        assertThat(test).isNotEmpty();
        assertThat(parts.train().interactionCount() + parts.test().interactionCount())
                .isEqualTo(snapshot.interactionCount());
    }

    @ParameterizedTest
    @ValueSource(strings = {"leave-last-out", "latest-share:0.2", "random:0.2", "temporal:0.3"})
    void apply_anySplit_rowsByItemAreThoseByUser(String text) {
        Snapshot snapshot = SyntheticSnapshots.ratings(53, 41, 0.2, 7);

        SplitSnapshot parts = Split.parse(text).apply(snapshot, 3, arena);

        for (Snapshot part : List.of(parts.train(), parts.test())) {
            assertThat(part.userCount()).isEqualTo(53);
            assertThat(part.itemCount()).isEqualTo(41);
            assertThat(entries(part.byItem(), true)).isEqualTo(entries(part.byUser(), false));
            assertAscending(part.byUser());
            assertAscending(part.byItem());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"leave-last-out", "latest-share:0.2", "random:0.2", "temporal:0.3"})
    void apply_sameSeed_sameParts(String text) {
        Snapshot snapshot = SyntheticSnapshots.ratings(53, 41, 0.2, 7);
        Split split = Split.parse(text);

        SplitSnapshot first = split.apply(snapshot, 3, arena);
        SplitSnapshot second = split.apply(snapshot, 3, arena);

        assertThat(entries(second.test().byUser(), false))
                .isEqualTo(entries(first.test().byUser(), false));
        assertThat(second.test().fingerprint())
                .isEqualTo(first.test().fingerprint())
                .matches("[0-9a-f]{64}");
        assertThat(first.train().fingerprint()).isNotEqualTo(first.test().fingerprint());
        assertThat(split.apply(snapshot, 4, arena).test().fingerprint())
                .isNotEqualTo(first.test().fingerprint());
    }

    @Test
    void apply_leaveLastOut_holdsTheLatestOfEachUserWithTwo() {
        Snapshot snapshot = InMemorySnapshot.builder(3, 4)
                .add(0, 0, 1, 30)
                .add(0, 1, 2, 50)
                .add(0, 2, 3, 40)
                .add(1, 3, 4, 60)
                .build();

        SplitSnapshot parts = new Split.LeaveLastOut().apply(snapshot, 1, arena);

        assertThat(entries(parts.test().byUser(), false)).containsExactly("0 1 2.0 50");
    }

    @Test
    void apply_leaveLastOutWithoutTimes_drawsBySeedAmongAll() {
        Snapshot snapshot = SyntheticSnapshots.allEqual(200, 4, 1);

        int[] drawn = new int[4];
        SparseRows test =
                new Split.LeaveLastOut().apply(snapshot, 1, arena).test().byUser();
        for (int user = 0; user < 200; user++) {
            assertThat(test.length(user)).isEqualTo(1);
            drawn[test.index(test.start(user))]++;
        }

        for (int count : drawn) {
            assertThat(count).isBetween(30, 70);
        }
    }

    @Test
    void apply_latestShare_holdsTheLatestOfEachUserAndAtLeastOneOfTwo() {
        InMemorySnapshot.Builder builder = InMemorySnapshot.builder(3, 10);
        for (int item = 0; item < 10; item++) {
            builder.add(0, item, 1, 100 - item);
        }
        builder.add(1, 3, 1, 50).add(1, 7, 1, 40).add(2, 5, 1, 60);

        SplitSnapshot parts = new Split.LatestShare(0.35).apply(builder.build(), 1, arena);

        assertThat(entries(parts.test().byUser(), false))
                .containsExactlyInAnyOrder("0 0 1.0 100", "0 1 1.0 99", "0 2 1.0 98", "1 3 1.0 50");
    }

    @Test
    void apply_latestShareWithoutTimes_drawsBySeedAmongAll() {
        Snapshot snapshot = SyntheticSnapshots.allEqual(200, 4, 1);

        int[] drawn = new int[4];
        SparseRows test =
                new Split.LatestShare(0.5).apply(snapshot, 1, arena).test().byUser();
        for (int user = 0; user < 200; user++) {
            assertThat(test.length(user)).isEqualTo(2);
            drawn[test.index(test.start(user))]++;
            drawn[test.index(test.start(user) + 1)]++;
        }

        for (int count : drawn) {
            assertThat(count).isBetween(80, 120);
        }
    }

    @Test
    void apply_random_holdsTheShareButNeverTheLastOne() {
        Snapshot snapshot = SyntheticSnapshots.ratings(400, 30, 0.3, 7);

        SplitSnapshot parts = new Split.Random(0.25).apply(snapshot, 5, arena);

        assertThat((double) parts.test().interactionCount() / snapshot.interactionCount())
                .isBetween(0.23, 0.27);
        SplitSnapshot most = new Split.Random(0.99).apply(snapshot, 5, arena);
        for (int user = 0; user < 400; user++) {
            if (snapshot.byUser().length(user) > 0) {
                assertThat(most.train().byUser().length(user)).isPositive();
            }
        }
    }

    @Test
    void apply_random_drawOfAUserDoesNotDependOnOtherUsers() {
        InMemorySnapshot.Builder few = InMemorySnapshot.builder(2, 30);
        InMemorySnapshot.Builder many = InMemorySnapshot.builder(2, 30);
        for (int item = 0; item < 30; item++) {
            few.add(1, item, 1);
            many.add(1, item, 1);
            many.add(0, item, 1);
        }

        SparseRows alone =
                new Split.Random(0.3).apply(few.build(), 1, arena).test().byUser();
        SparseRows together =
                new Split.Random(0.3).apply(many.build(), 1, arena).test().byUser();

        assertThat(History.of(together, 1).items())
                .isEqualTo(History.of(alone, 1).items());
    }

    @Test
    void apply_temporal_testIsLaterThanTrainAndAtMostTheShare() {
        Snapshot snapshot = SyntheticSnapshots.ratings(50, 30, 0.3, 7);

        SplitSnapshot parts = new Split.Temporal(0.2).apply(snapshot, 5, arena);

        long latestTrain =
                times(parts.train()).stream().mapToLong(Long::longValue).max().orElseThrow();
        long earliestTest =
                times(parts.test()).stream().mapToLong(Long::longValue).min().orElseThrow();
        assertThat(earliestTest).isGreaterThan(latestTrain);
        assertThat(parts.test().interactionCount()).isEqualTo((long) Math.floor(0.2 * snapshot.interactionCount()));
    }

    @Test
    void apply_temporalWithTiesAtTheCut_keepsAMomentTogether() {
        InMemorySnapshot.Builder builder = InMemorySnapshot.builder(1, 10);
        for (int item = 0; item < 10; item++) {
            builder.add(0, item, 1, item < 5 ? 1 : item < 9 ? 2 : 3);
        }

        SplitSnapshot parts = new Split.Temporal(0.3).apply(builder.build(), 1, arena);

        assertThat(times(parts.test())).containsExactly(3L);
    }

    @Test
    void apply_temporalWithoutTimes_refuses() {
        Snapshot snapshot = SyntheticSnapshots.allEqual(3, 3, 1);

        assertThatThrownBy(() -> new Split.Temporal(0.2).apply(snapshot, 1, arena))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("temporal")
                .hasMessageContaining("9 interactions")
                .hasMessageContaining("leave-last-out");
    }

    @Test
    void apply_emptySnapshot_givesEmptyParts() {
        Snapshot snapshot = SyntheticSnapshots.empty(0, 0);

        SplitSnapshot parts = new Split.Random(0.2).apply(snapshot, 1, arena);

        assertThat(parts.train().interactionCount()).isZero();
        assertThat(parts.test().interactionCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "random:0",
                "random:1",
                "random:x",
                "temporal:-1",
                "leave-last-out:1",
                "latest-share:1",
                "newest",
                ""
            })
    void parse_badText_refusesNamingTheChoices(String text) {
        assertThatThrownBy(() -> Split.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Split '");
    }

    @ParameterizedTest
    @ValueSource(strings = {"leave-last-out", "latest-share:0.1", "random:0.2", "temporal:0.05"})
    void parse_textOfASplit_givesThatSplit(String text) {
        assertThat(Split.parse(text)).hasToString(text);
    }

    private static Set<String> entries(SparseRows rows, boolean transposed) {
        Set<String> entries = new TreeSet<>();
        for (int row = 0; row < rows.rows(); row++) {
            for (long position = rows.start(row); position < rows.end(row); position++) {
                int column = rows.index(position);
                String pair = transposed ? column + " " + row : row + " " + column;
                entries.add(pair + " " + rows.value(position) + " " + rows.time(position));
            }
        }
        return entries;
    }

    private static void assertAscending(SparseRows rows) {
        for (int row = 0; row < rows.rows(); row++) {
            for (long position = rows.start(row) + 1; position < rows.end(row); position++) {
                assertThat(rows.index(position)).isGreaterThan(rows.index(position - 1));
            }
        }
    }

    private static List<Long> times(Snapshot snapshot) {
        List<Long> times = new ArrayList<>();
        for (long position = 0; position < snapshot.interactionCount(); position++) {
            times.add(snapshot.byUser().time(position));
        }
        return times;
    }
}
