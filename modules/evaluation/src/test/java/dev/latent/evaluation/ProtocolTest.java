package dev.latent.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latent.spi.Confidence;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.FoldIn;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How snapshots are parted for cross-validation, for held-out users and for sampled candidates. */
class ProtocolTest {

    private final Arena arena = Arena.ofShared();

    @AfterEach
    void close() {
        arena.close();
    }

    @Test
    void folds_testEachInteractionOnce() {
        Snapshot all = Rows.random(arena, 11, 13, 0.3, 1);
        Folds folds = new Folds(all, 4, 9);
        List<String> tested = new ArrayList<>();
        for (int fold = 0; fold < 4; fold++) {
            SplitSnapshot parts = folds.get(fold, arena);
            List<String> both = new ArrayList<>(entries(parts.train()));
            both.addAll(entries(parts.test()));
            assertThat(both).containsExactlyInAnyOrderElementsOf(entries(all));
            assertThat(parts.test().interactionCount() * 4)
                    .isBetween(all.interactionCount() - 4, all.interactionCount() + 4);
            tested.addAll(entries(parts.test()));
        }
        assertThat(tested).containsExactlyInAnyOrderElementsOf(entries(all));
        assertThat(entries(new Folds(all, 4, 9).get(0, arena).test()))
                .isEqualTo(entries(folds.get(0, arena).test()));
        assertThat(entries(new Folds(all, 4, 10).get(0, arena).test()))
                .isNotEqualTo(entries(folds.get(0, arena).test()));
        assertThatThrownBy(() -> new Folds(all, 1, 9)).hasMessageContaining("got 1");
    }

    @Test
    void heldOutUsers_areNotTrainedOn() {
        Snapshot all = Rows.random(arena, 30, 40, 0.3, 2);
        HeldOutUsers held = HeldOutUsers.cut(all, 6, 5, arena);
        int users = 0;
        for (int user = 0; user < 30; user++) {
            int shown = held.foldIn().byUser().length(user);
            int asked = held.test().byUser().length(user);
            int trained = held.train().byUser().length(user);
            if (shown > 0) {
                users++;
                assertThat(trained).isZero();
                assertThat(shown)
                        .isEqualTo(all.byUser().length(user)
                                - (int) (0.2 * all.byUser().length(user)));
            } else {
                assertThat(asked).isZero();
                assertThat(trained).isEqualTo(all.byUser().length(user));
            }
        }
        assertThat(users).isEqualTo(6);
        assertThat(held.train().interactionCount()
                        + held.foldIn().interactionCount()
                        + held.test().interactionCount()
                        + held.dropped())
                .isEqualTo(all.interactionCount());
        for (int item = 0; item < 40; item++) {
            assertThat(held.train().byItem().length(item) == 0
                            && held.test().byItem().length(item) > 0)
                    .isFalse();
        }
        assertThatThrownBy(() -> HeldOutUsers.cut(all, 30, 5, arena)).hasMessageContaining("cannot hold out 30 users");
    }

    @Test
    void heldOutUsers_leaveTheFeaturesInPlace() {
        SparseRows features = Rows.random(arena, 40, 3, 0.5, 3).byUser();
        Snapshot all = FeaturedSnapshot.of(Rows.random(arena, 30, 40, 0.3, 2), Optional.of(features), Optional.empty());
        Snapshot train = HeldOutUsers.cut(all, 6, 5, arena).train();
        assertThat(train.itemFeatures()).containsSame(features);
        assertThat(train.userFeatures()).isEmpty();
    }

    @Test
    void featuresOfOtherRows_areRefused() {
        SparseRows features = Rows.random(arena, 39, 3, 0.5, 3).byUser();
        Snapshot plain = Rows.random(arena, 30, 40, 0.3, 2);
        assertThatThrownBy(() -> FeaturedSnapshot.of(plain, Optional.of(features), Optional.empty()))
                .hasMessage("Features of 39 items do not fit a snapshot with 40");
        assertThatThrownBy(() -> FeaturedSnapshot.of(plain, Optional.empty(), Optional.of(features)))
                .hasMessage("Features of 39 users do not fit a snapshot with 30");
    }

    @Test
    void featuresThatTheModelLearnt_placeUsersAndItems() {
        // User 2 and item 3 have features alone, user 3 and item 4 nothing.
        SparseRows ofItems = Rows.of(arena, 2, new int[] {0}, new int[0], new int[0], new int[] {1}, new int[0])
                .byUser();
        SparseRows ofUsers = Rows.of(arena, 1, new int[] {0}, new int[0], new int[] {0}, new int[0])
                .byUser();
        Snapshot train = FeaturedSnapshot.of(
                Rows.of(arena, 5, new int[] {0, 1}, new int[] {2}, new int[0], new int[0]),
                Optional.of(ofItems),
                Optional.of(ofUsers));
        EmbeddingModel plain = EmbeddingModel.builder(
                        FloatMatrix.allocate(arena, 4, 2), FloatMatrix.allocate(arena, 5, 2))
                .build();
        EmbeddingModel featured = EmbeddingModel.builder(plain.users(), plain.items())
                .itemFeatureFactors(FloatMatrix.allocate(arena, 2, 2))
                .userFeatureFactors(FloatMatrix.allocate(arena, 1, 2))
                .foldIn(new FoldIn.Ridge(
                        0, 1, 0, new Confidence.Linear(0), Double.NEGATIVE_INFINITY, FoldIn.Target.VALUE, false))
                .build();

        assertThat(FoldedUsers.none(plain, train).known().stream()).containsExactly(0, 1);
        assertThat(FoldedUsers.none(plain, train).itemsByFeatures(train).stream())
                .isEmpty();
        assertThat(FoldedUsers.none(featured, train).known().stream()).containsExactly(0, 1, 2);
        Snapshot shown = Rows.of(arena, 5, new int[0], new int[0], new int[0], new int[] {0});
        FoldedUsers folded = FoldedUsers.of(featured, train, shown, 1, arena);
        assertThat(folded.known().stream()).containsExactly(0, 1, 2, 3);
        assertThat(folded.itemsByFeatures(train).stream()).containsExactly(3);
    }

    @Test
    void sampledCandidates_areUnseenAndSeeded() {
        Snapshot train = Rows.of(arena, 20, new int[] {0, 1, 2}, new int[] {3});
        Snapshot test = Rows.of(arena, 20, new int[] {5}, new int[] {6});
        List<TestCase> cases = TestCase.sampled(train, test, RelevanceRule.ALL, 10, 1);
        assertThat(cases).hasSize(2);
        for (TestCase each : cases) {
            int[] candidates = each.candidates().orElseThrow();
            assertThat(candidates).hasSize(11).isSorted().doesNotHaveDuplicates();
            assertThat(Arrays.stream(candidates).boxed()).contains(each.relevant()[0]);
        }
        assertThat(cases.getFirst().candidates().orElseThrow()).doesNotContain(0, 1, 2);
        assertThat(TestCase.sampled(train, test, RelevanceRule.ALL, 10, 1)
                        .getFirst()
                        .candidates()
                        .orElseThrow())
                .isEqualTo(cases.getFirst().candidates().orElseThrow());
        assertThat(TestCase.sampled(train, test, RelevanceRule.ALL, 10, 2)
                        .getFirst()
                        .candidates()
                        .orElseThrow())
                .isNotEqualTo(cases.getFirst().candidates().orElseThrow());
        assertThat(TestCase.sampled(train, test, RelevanceRule.ALL, 100, 2)
                        .getFirst()
                        .candidates()
                        .orElseThrow())
                .hasSize(17);
    }

    private static List<String> entries(Snapshot snapshot) {
        List<String> entries = new ArrayList<>();
        for (int user = 0; user < snapshot.userCount(); user++) {
            for (long at = snapshot.byUser().start(user); at < snapshot.byUser().end(user); at++) {
                entries.add(user + " " + snapshot.byUser().index(at) + " "
                        + snapshot.byUser().value(at));
            }
        }
        return entries;
    }
}
