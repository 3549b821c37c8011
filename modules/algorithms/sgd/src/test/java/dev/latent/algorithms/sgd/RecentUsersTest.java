package dev.latent.algorithms.sgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.FoldIn;
import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.InvalidHyperparametersException;
import dev.latent.spi.Snapshot;
import dev.latent.spi.Sweep;
import dev.latent.spi.Task;
import dev.latent.spi.TrainedModel;
import dev.latent.testkit.InMemorySnapshot;
import dev.latent.testkit.RecordingListener;
import dev.latent.testkit.RunContext;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users who liked items of one group for long and of the next group last. */
class RecentUsersTest {

    private static final SgdAlgorithm SGD = new SgdAlgorithm();
    private static final int USERS = 160;
    private static final int ITEMS = 120;
    private static final int GROUPS = 4;

    private static Snapshot movingOn(boolean timed) {
        SplittableRandom random = new SplittableRandom(4);
        InMemorySnapshot.Builder builder = InMemorySnapshot.builder(USERS, ITEMS);
        for (int user = 0; user < USERS; user++) {
            boolean[] liked = new boolean[ITEMS];
            for (int place = 0; place < 20; place++) {
                int group = (place < 16 ? user : user + 1) % GROUPS;
                int item = group + GROUPS * random.nextInt(ITEMS / GROUPS);
                if (!liked[item]) {
                    liked[item] = true;
                    builder.add(user, item, 1, timed ? 1_000_000 + place : 0);
                }
            }
        }
        return builder.build();
    }

    private static EmbeddingModel train(Snapshot snapshot, String loss, String halfLife, RecordingListener listener) {
        Map<String, String> given = Map.of("loss", loss, "factors", "8", "recency_half_life", halfLife);
        return (EmbeddingModel) SGD.train(RunContext.of(SGD, given, snapshot).withThreads(2), listener);
    }

    private static EmbeddingModel train(Snapshot snapshot, String loss, String halfLife) {
        return train(snapshot, loss, halfLife, new RecordingListener());
    }

    /** Of the five items at the top of each list, the share that is of the group of a user's latest items. */
    private static double latestShare(EmbeddingModel model, Snapshot snapshot) {
        int latest = 0;
        for (int user = 0; user < USERS; user++) {
            for (int item : Measures.top(model, snapshot, user, 5)) {
                latest += item % GROUPS == (user + 1) % GROUPS ? 1 : 0;
            }
        }
        return latest / (5.0 * USERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"logistic", "bpr", "warp"})
    void halfLife_letsUsersFollowTheirLatestItemsAndItemsStay(String loss) {
        Snapshot snapshot = movingOn(true);
        EmbeddingModel plain = train(snapshot, loss, "0");
        EmbeddingModel recent = train(snapshot, loss, "1");
        assertThat(latestShare(plain, snapshot)).isLessThan(0.35);
        assertThat(latestShare(recent, snapshot)).isGreaterThan(0.75);
        assertThat(recent.items().segment().mismatch(plain.items().segment())).isEqualTo(-1);
    }

    @Test
    void modelAskedForInBetween_changesNothing() {
        Snapshot snapshot = movingOn(true);
        RecordingListener asking = new RecordingListener() {
            @Override
            public Decision sweep(Sweep sweep, Supplier<? extends TrainedModel> model) {
                EmbeddingModel unused = (EmbeddingModel) model.get();
                assertThat(unused.users().rows()).isEqualTo(USERS);
                return super.sweep(sweep, model);
            }
        };
        FloatMatrix asked = train(snapshot, "bpr", "2", asking).users();
        FloatMatrix unasked = train(snapshot, "bpr", "2").users();
        assertThat(asked.segment().mismatch(unasked.segment())).isEqualTo(-1);
    }

    @Test
    void noTimes_changeNothingAndAreLogged() {
        Snapshot snapshot = movingOn(false);
        RecordingListener listener = new RecordingListener();
        FloatMatrix recent = train(snapshot, "bpr", "2", listener).users();
        FloatMatrix plain = train(snapshot, "bpr", "0").users();
        assertThat(recent.segment().mismatch(plain.segment())).isEqualTo(-1);
        assertThat(listener.lines()).anyMatch(line -> line.contains("recency_half_life") && line.contains("time"));
    }

    @Test
    void foldIn_hasTheSameLaw() {
        FoldIn.Gradient law =
                (FoldIn.Gradient) train(movingOn(true), "bpr", "3").foldIn();
        assertThat(law.recencyHalfLife()).isEqualTo(3);
        assertThat(law.recentPasses()).isEqualTo(RecentUsers.PASSES);
        assertThat(law.recentCandidates()).isEqualTo(ITEMS / 50);
    }

    @Test
    void ratings_areRefused() {
        assertThatThrownBy(() -> train(movingOn(true), "squared", "2"))
                .isInstanceOf(InvalidHyperparametersException.class)
                .hasMessageContaining("recency_half_life")
                .hasMessageContaining("2.0")
                .hasMessageContaining("squared");
    }

    /** A tuner asks which losses rank while a half-life is held fast. */
    @Test
    void halfLifeOfRatings_hasATaskAllTheSame() {
        Hyperparameters given = Hyperparameters.resolve(SGD.hyperparameters(), Map.of("recency_half_life", "2"));
        assertThat(SGD.task(given)).isEqualTo(Task.RATING);
    }

    @Test
    void search_hasHalfLivesWhereTimesAreKnown() {
        Hyperparameters base = Hyperparameters.resolve(SGD.hyperparameters(), Map.of("loss", "bpr"));
        assertThat(names(SGD.searchSpace(base, movingOn(true)))).contains("recency_half_life");
        assertThat(names(SGD.searchSpace(base, movingOn(false)))).doesNotContain("recency_half_life");
        assertThat(SGD.startingPoints(base, movingOn(true)))
                .allMatch(start -> "2".equals(start.get("recency_half_life")));
        assertThat(SGD.startingPoints(base, movingOn(false)))
                .isNotEmpty()
                .noneMatch(start -> start.containsKey("recency_half_life"));
    }

    private static List<String> names(List<Hyperparameter> space) {
        return space.stream().map(Hyperparameter::name).toList();
    }
}
