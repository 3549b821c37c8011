package dev.latent.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.History;
import dev.latent.spi.ScoringModel;
import dev.latent.spi.SectionWriter;
import dev.latent.spi.Snapshot;
import dev.latent.spi.TrainedModel;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StudyTest {

    private static final Offset<Double> EXACT = within(1e-12);

    private final Arena arena = Arena.ofShared();

    @AfterEach
    void close() {
        arena.close();
    }

    /** Five items that everybody sees in this order: 0, 1, 2, 3, 4. */
    private static final ScoringModel DESCENDING = new ScoringModel() {
        @Override
        public int itemCount() {
            return 5;
        }

        @Override
        public void score(History history, float[] scores) {
            System.arraycopy(new float[] {5, 4, 3, 2, 1}, 0, scores, 0, 5);
        }

        @Override
        public void write(SectionWriter sections) {
            throw new UnsupportedOperationException("not stored");
        }
    };

    @Test
    void metricsOfRankings_areAsComputedByHand() {
        // User 0 has item 0, so the list is 1 2 3 4, of which 2 and 4 are relevant; user 1 has 1 and 2: 0 3 4, relevant
        // 0.
        Snapshot train = Rows.of(arena, 5, new int[] {0}, new int[] {1, 2});
        Snapshot test = Rows.of(arena, 5, new int[] {2, 4}, new int[] {0});
        Map<String, Double> values = study(
                        "recall@3",
                        "capped_recall@1",
                        "ndcg@3",
                        "hr@1",
                        "precision@2",
                        "mrr",
                        "map",
                        "coverage@1",
                        "gini@1",
                        "novelty@2")
                .measure(DESCENDING, train, test)
                .values();

        double log3 = Math.log(3) / Math.log(2);
        assertThat(values.get("recall@3")).isEqualTo((1 / 2.0 + 1) / 2, EXACT);
        assertThat(values.get("capped_recall@1")).isEqualTo((0 + 1) / 2.0, EXACT);
        assertThat(values.get("ndcg@3")).isEqualTo((1 / log3 / (1 + 1 / log3) + 1) / 2, EXACT);
        assertThat(values.get("hr@1")).isEqualTo((0 + 1) / 2.0, EXACT);
        assertThat(values.get("precision@2")).isEqualTo((1 / 2.0 + 1 / 2.0) / 2, EXACT);
        assertThat(values.get("mrr")).isEqualTo((1 / 2.0 + 1) / 2, EXACT);
        assertThat(values.get("map")).isEqualTo(((1 / 2.0 + 2 / 4.0) / 2 + 1) / 2, EXACT);
        assertThat(values.get("coverage@1")).isEqualTo(2 / 5.0, EXACT); // items 1 and 0 are shown
        assertThat(values.get("gini@1")).isEqualTo((2 * 4 - 6 + 2 * 5 - 6) / (5.0 * 2), EXACT);
        // Each item has one of two users, but items 3 and 4 none, which counts like one: 1 bit each.
        assertThat(values.get("novelty@2")).isEqualTo(1, EXACT);
    }

    @Test
    void similarityWithinLists_isTheMeanCosine() {
        Snapshot train = Rows.of(arena, 5, new int[] {0, 1}, new int[] {1, 2}, new int[] {});
        Snapshot test = Rows.of(arena, 5, new int[] {}, new int[] {}, new int[] {4});
        // Items 0, 1, 2 have users {0}, {0, 1}, {1}: cosines 1/√2, 0 and 1/√2.
        assertThat(study("ils@3").measure(DESCENDING, train, test).values().get("ils@3"))
                .isEqualTo(2 / Math.sqrt(2) / 3, EXACT);
        // By vectors: (1,0), (1,1), (0,2).
        FloatMatrix items = matrix(new float[] {1, 0, 1, 1, 0, 2, -1, -1, -2, -2}, 2);
        FloatMatrix users = matrix(new float[] {1, 1, 1, 1, 3, 1}, 2);
        EmbeddingModel model = EmbeddingModel.builder(users, items).build();
        Study study = new Study(Metric.parseAll(List.of("ils@2")), 1, 1);
        study.add(model, part(train, test));
        // User 2 ranks 1 (4) before 0 (3).
        assertThat(study.values().get("ils@2")).isEqualTo(1 / Math.sqrt(2), within(1e-7));
    }

    @Test
    void errors_areOverAllTestInteractions() {
        InteractionColumns columns = new InteractionColumns();
        columns.add(0, 0, 1, 0);
        columns.add(0, 1, 5, 0);
        Snapshot train = columns.pack(2, 3, arena);
        InteractionColumns held = new InteractionColumns();
        held.add(0, 2, 4, 0);
        held.add(1, 0, 3, 0);
        held.add(1, 1, 2, 0);
        Study study = new Study(Metric.parseAll(List.of("rmse", "mae")), 1, 1);
        study.add((user, item) -> user == 0 ? 9 : item + 1, part(train, held.pack(2, 3, arena)));
        // Clipped to 5: error 1; then 1 - 3 and 2 - 2.
        assertThat(study.values()).isEqualTo(Map.of("rmse", Math.sqrt(5 / 3.0), "mae", 1.0));
        assertThat(study.users()).isEqualTo(2);
    }

    @Test
    void randomModels_agreeWithTheDefinitions() {
        for (int trial = 0; trial < 5; trial++) {
            Snapshot all = Rows.random(arena, 70, 41, 0.2, trial);
            SplitSnapshot parts = new Split.Random(0.3).apply(all, trial, arena);
            EmbeddingModel model = model(70, 41, 5, trial);
            Study study = new Study(Metric.parseAll(List.of("recall@7", "ndcg@7", "mrr", "coverage@7")), 1, 2);
            study.add(model, part(parts.train(), parts.test()));

            Map<String, Double> naive = naive(model, parts);
            naive.forEach((name, value) ->
                    assertThat(study.values().get(name)).as(name).isEqualTo(value, within(1e-9)));
        }
    }

    private static Map<String, Double> naive(EmbeddingModel model, SplitSnapshot parts) {
        double recall = 0;
        double ndcg = 0;
        double mrr = 0;
        int users = 0;
        TreeSet<Integer> shown = new TreeSet<>();
        for (int user = 0; user < parts.test().userCount(); user++) {
            List<Integer> relevant = items(parts.test(), user);
            List<Integer> seen = items(parts.train(), user);
            if (relevant.isEmpty()) {
                continue;
            }
            List<Integer> list = new ArrayList<>();
            for (int item = 0; item < parts.test().itemCount(); item++) {
                if (!seen.contains(item)) {
                    list.add(item);
                }
            }
            int asked = user;
            list.sort((a, b) -> Double.compare(model.score(asked, b), model.score(asked, a)));
            shown.addAll(list.subList(0, 7));
            double gain = 0;
            double best = 0;
            int hits = 0;
            for (int rank = 0; rank < 7; rank++) {
                boolean hit = relevant.contains(list.get(rank));
                hits += hit ? 1 : 0;
                gain += hit ? Math.log(2) / Math.log(rank + 2) : 0;
                best += rank < relevant.size() ? Math.log(2) / Math.log(rank + 2) : 0;
            }
            users++;
            recall += (double) hits / relevant.size();
            ndcg += gain / best;
            mrr += 1.0
                    / (1
                            + list.indexOf(list.stream()
                                    .filter(relevant::contains)
                                    .findFirst()
                                    .orElseThrow()));
        }
        return Map.of(
                "recall@7",
                recall / users,
                "ndcg@7",
                ndcg / users,
                "mrr",
                mrr / users,
                "coverage@7",
                shown.size() / 41.0);
    }

    @Test
    void numberOfThreads_doesNotShow() {
        Snapshot all = Rows.random(arena, 300, 50, 0.2, 4);
        SplitSnapshot parts = new Split.Random(0.3).apply(all, 4, arena);
        EmbeddingModel model = model(300, 50, 6, 4);
        List<Metric> metrics = Metric.parseAll(List.of("ndcg@10", "map", "ils@5", "gini@5", "rmse"));
        List<Object> results = new ArrayList<>();
        for (int threads : new int[] {1, 2, 7}) {
            Study study = new Study(metrics, 3, threads);
            study.add(model, part(parts.train(), parts.test()));
            results.add(List.of(study.values(), study.estimates(), study.segments()));
        }
        assertThat(results.get(1)).isEqualTo(results.get(0));
        assertThat(results.get(2)).isEqualTo(results.get(0));
    }

    @Test
    void interval_isThatOfTheMeanOverUsers() {
        // 400 users whose only relevant item is first for the first hundred and not there for the others.
        int[][] have = new int[400][];
        int[][] want = new int[400][];
        for (int user = 0; user < 400; user++) {
            have[user] = new int[] {4};
            want[user] = new int[] {user < 100 ? 0 : 3};
        }
        Study study = study("hr@1").measure(DESCENDING, Rows.of(arena, 5, have), Rows.of(arena, 5, want));
        Estimate estimate = study.estimates().getOrDefault("hr@1", new Estimate(0, Optional.empty()));
        Estimate.Interval interval = estimate.interval().orElseThrow();
        double normal = 1.96 * Math.sqrt(0.25 * 0.75 / 400);

        assertThat(estimate.value()).isEqualTo(0.25, EXACT);
        assertThat(interval.low()).isEqualTo(0.25 - normal, within(0.006));
        assertThat(interval.high()).isEqualTo(0.25 + normal, within(0.006));
        assertThat(study.estimates()).isEqualTo(study.estimates());
    }

    @Test
    void segments_partUsersByActivityAndItemsByPopularity() {
        // Item 0 has a third of the interactions, 1 the second third, 2 to 4 the last.
        Snapshot train = Rows.of(
                arena, 5, new int[] {0}, new int[] {0, 1}, new int[] {0, 1, 2}, new int[] {1, 3, 4}, new int[] {});
        Snapshot test = Rows.of(arena, 5, new int[] {1}, new int[] {2}, new int[] {4}, new int[] {0}, new int[] {});
        Study study = study("hr@1").measure(DESCENDING, train, test);
        // Lists begin with 1, 2, 3, 0: users 0, 1 and 3 hit.
        assertThat(study.segments().get("items"))
                .isEqualTo(
                        Map.of("head", Map.of("hr@1", 1.0), "torso", Map.of("hr@1", 1.0), "tail", Map.of("hr@1", 0.5)));
        assertThat(study.segments().get("users"))
                .isEqualTo(
                        Map.of("low", Map.of("hr@1", 1.0), "medium", Map.of("hr@1", 0.0), "high", Map.of("hr@1", 1.0)));
    }

    @Test
    void candidates_areRankedAlone() {
        Snapshot train = Rows.of(arena, 5, new int[] {0});
        Snapshot test = Rows.of(arena, 5, new int[] {3});
        Study study = new Study(Metric.parseAll(List.of("mrr")), 1, 1);
        TestCase among = new TestCase(0, new int[] {3}, Optional.of(new int[] {0, 3, 4}));
        study.add(DESCENDING, new Study.Part(train, train, test, List.of(among)));
        assertThat(study.values()).isEqualTo(Map.of("mrr", 0.5));
    }

    @Test
    void candidates_byPopularity_areRankedAlone() {
        Snapshot train = Rows.of(arena, 5, new int[] {0, 1, 3}, new int[] {1, 3}, new int[] {3});
        Snapshot test = Rows.of(arena, 5, new int[] {}, new int[] {}, new int[] {0});
        Study study = new Study(Metric.parseAll(List.of("mrr", "coverage@1")), 1, 1);
        TestCase among = new TestCase(2, new int[] {0}, Optional.of(new int[] {0, 1, 4}));
        study.add(new PopularityBaseline(train, RelevanceRule.ALL), new Study.Part(train, train, test, List.of(among)));
        // By popularity 3 1 0 2 4, so 1 0 4 are left.
        assertThat(study.values()).isEqualTo(Map.of("mrr", 1 / 2.0, "coverage@1", 1 / 5.0));
    }

    @Test
    void firstRanks_areOfEachSegmentOfItems() {
        // Item 1 is the head, 0 and 2 are the torso, 3 and 4 the tail.
        Snapshot train = Rows.of(
                arena, 5, new int[] {0, 1, 2}, new int[] {0, 1, 3}, new int[] {0, 1, 4}, new int[] {}, new int[] {1, 2
                });
        Snapshot test =
                Rows.of(arena, 5, new int[] {}, new int[] {}, new int[] {}, new int[] {1, 3, 4}, new int[] {0, 1, 4});
        FloatMatrix items = matrix(new float[] {5, 4, 3, 2, 1}, 1);
        FloatMatrix users = matrix(new float[] {1, 1, 1, 1, -1}, 1);
        EmbeddingModel model = EmbeddingModel.builder(users, items).build();
        // User 3 ranks 0 1 2 3 4, user 4 ranks 4 3 0 and has item 1, which is relevant but not in the list.
        Study study = study("mrr").measure(model, train, test);

        assertThat(study.values().get("mrr")).isEqualTo((1 / 2.0 + 1) / 2, EXACT);
        assertThat(study.segments().get("items"))
                .isEqualTo(Map.of(
                        "head", Map.of("mrr", (1 / 2.0 + 0) / 2),
                        "torso", Map.of("mrr", 1 / 3.0),
                        "tail", Map.of("mrr", (1 / 4.0 + 1) / 2)));
    }

    @Test
    void popularityShare_isOfAllEntries() {
        // Item 1 is the popular one. Lists: user 0 has four of five items, so 4 alone; user 1 ranks 0 1; user 2 is
        // asked
        // twice and ranks 0 1 each time.
        Snapshot train = Rows.of(arena, 5, new int[] {0, 1, 2, 3}, new int[] {}, new int[] {}, new int[] {1});
        Snapshot test = Rows.of(arena, 5, new int[] {4}, new int[] {3}, new int[] {3, 4}, new int[] {});
        Study study = new Study(Metric.parseAll(List.of("popularity_share@2")), 1, 1);
        List<TestCase> cases = List.of(
                new TestCase(0, new int[] {4}, Optional.empty()),
                new TestCase(1, new int[] {3}, Optional.empty()),
                new TestCase(2, new int[] {3}, Optional.empty()),
                new TestCase(2, new int[] {4}, Optional.empty()));
        study.add(DESCENDING, new Study.Part(train, train, test, cases));
        assertThat(study.values()).isEqualTo(Map.of("popularity_share@2", 3 / 7.0));
    }

    @Test
    void casesOfOneUser_countAsOneUser() {
        Snapshot train = Rows.of(arena, 5, new int[] {}, new int[] {});
        Snapshot test = Rows.of(arena, 5, new int[] {0, 4}, new int[] {0});
        List<TestCase> cases = List.of(
                new TestCase(0, new int[] {0}, Optional.empty()),
                new TestCase(0, new int[] {4}, Optional.empty()),
                new TestCase(1, new int[] {0}, Optional.empty()));
        Study study = new Study(Metric.parseAll(List.of("hr@1")), 1, 1);
        study.add(DESCENDING, new Study.Part(train, train, test, cases));
        assertThat(study.values()).isEqualTo(Map.of("hr@1", 0.75));
        assertThat(study.users()).isEqualTo(2);
    }

    /** Metrics to measure, written short. */
    private record Asked(List<Metric> metrics) {
        Study measure(TrainedModel model, Snapshot train, Snapshot test) {
            Study study = new Study(metrics, 1, 1);
            study.add(model, part(train, test));
            return study;
        }
    }

    private static Asked study(String... names) {
        return new Asked(Metric.parseAll(List.of(names)));
    }

    private static Study.Part part(Snapshot train, Snapshot test) {
        return new Study.Part(train, train, test, TestCase.ofCatalogue(test, RelevanceRule.ALL));
    }

    private static List<Integer> items(Snapshot snapshot, int user) {
        List<Integer> items = new ArrayList<>();
        for (long at = snapshot.byUser().start(user); at < snapshot.byUser().end(user); at++) {
            items.add(snapshot.byUser().index(at));
        }
        return items;
    }

    private FloatMatrix matrix(float[] values, int columns) {
        FloatMatrix matrix = FloatMatrix.allocate(arena, values.length / columns, columns);
        for (int row = 0; row < values.length / columns; row++) {
            matrix.writeRow(row, values, row * columns);
        }
        return matrix;
    }

    private EmbeddingModel model(int users, int items, int rank, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] values = {new float[users * rank], new float[items * rank], new float[items]};
        for (float[] part : values) {
            for (int index = 0; index < part.length; index++) {
                part[index] = random.nextFloat() - 0.5f;
            }
        }
        return EmbeddingModel.builder(matrix(values[0], rank), matrix(values[1], rank))
                .itemBiases(matrix(values[2], 1))
                .build();
    }
}
