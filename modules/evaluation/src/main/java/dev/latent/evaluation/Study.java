package dev.latent.evaluation;

import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import dev.latent.spi.TrainedModel;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Collects the measurements of one model, or of one a fold, and sums them up: each metric over all users, with its
 * interval, and by segment. For one thread, which may use others.
 */
public final class Study {

    /** How many resamples of the users an interval is taken from. */
    public static final int RESAMPLES = 1000;

    private final List<Metric> metrics;
    private final int threads;
    private final long seed;
    private Optional<RankingStudy> rankingStudy = Optional.empty();
    private Optional<Outcome> rankings = Optional.empty();
    private final UserSums ratings = new UserSums(RatingStudy.COLUMNS);
    private int[] historyLengths = new int[0];

    /**
     * Starts without measurements.
     *
     * @param metrics what to measure, at least one
     * @param seed of the resamples
     * @param threads to keep busy, at least 1
     */
    public Study(List<Metric> metrics, long seed, int threads) {
        if (metrics.isEmpty() || threads < 1) {
            throw new IllegalArgumentException(
                    "A study needs a metric and a thread, got " + metrics + " and " + threads + " threads");
        }
        this.metrics = List.copyOf(metrics);
        this.seed = seed;
        this.threads = threads;
    }

    /**
     * One measurement to make.
     *
     * @param train what was learned from
     * @param histories what each user has, the folded-in ones included: what lists leave out
     * @param test all interactions to predict, for the metrics of ratings
     * @param cases the lists to rank, for the other metrics
     */
    public record Part(Snapshot train, Snapshot histories, Snapshot test, List<TestCase> cases) {

        /** Copies the cases. */
        public Part {
            cases = List.copyOf(cases);
        }
    }

    /**
     * Measures a model whose users are those of the part.
     *
     * @param model what to measure
     * @param part with what
     */
    public void add(TrainedModel model, Part part) {
        addRankings(lists(model, part), () -> ListSimilarity.of(model, part.train), part);
        addRatings(RatingStudy.predictors(model, part.histories), part);
    }

    /**
     * Measures the order by popularity, by the metrics of rankings.
     *
     * @param baseline gives the order
     * @param part with what
     */
    public void add(PopularityBaseline baseline, Part part) {
        ListSource lists = ListSource.of(baseline, part.histories);
        addRankings(lists, () -> ListSimilarity.ofUsers(part.train), part);
    }

    /**
     * Measures predictions alone, by the metrics of ratings.
     *
     * @param predictor of all users of the part; thread-safe
     * @param part with what
     */
    public void add(RatingPredictor predictor, Part part) {
        addRatings(() -> predictor, part);
    }

    private static ListSource lists(TrainedModel model, Part part) {
        boolean isWhole = part.cases.stream().allMatch(each -> each.candidates().isEmpty());
        return ListSource.of(model, part.histories, isWhole);
    }

    /** What adds up: sums of users, and how often each item was listed within each cutoff. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Outcome(UserSums sums, long[][] exposures) {
        static Outcome none(RankingStudy study) {
            return new Outcome(new UserSums(study.columns()), study.newExposures());
        }
    }

    private void addRankings(ListSource lists, Supplier<ListSimilarity> similarity, Part part) {
        historyLengths = lengths(part.histories.byUser());
        if (metrics.stream().allMatch(Metric::isOfRatings)) {
            return;
        }
        RankingStudy study = new RankingStudy(metrics, ItemFacts.bySegment(part.train), threads);
        Outcome outcome = Outcome.none(study);
        double[][] rows = new double[part.cases.size()][];
        study.measure(
                part.cases,
                lists,
                similarity,
                (first, cases, batch) -> System.arraycopy(batch, 0, rows, first, cases.size()),
                outcome.exposures);
        for (int index = 0; index < rows.length; index++) {
            outcome.sums.add(part.cases.get(index).user(), rows[index]);
        }
        outcome.sums.averageWithinUsers(column -> !study.isPooled(column));
        rankingStudy = Optional.of(study);
        rankings = Optional.of(merge(rankings.orElseGet(() -> Outcome.none(study)), outcome));
    }

    private static Outcome merge(Outcome all, Outcome fold) {
        fold.sums().addTo(all.sums());
        for (int metric = 0; metric < all.exposures().length; metric++) {
            for (int item = 0; item < all.exposures()[metric].length; item++) {
                all.exposures()[metric][item] += fold.exposures()[metric][item];
            }
        }
        return all;
    }

    private void addRatings(Supplier<RatingPredictor> predictors, Part part) {
        historyLengths = lengths(part.histories.byUser());
        if (metrics.stream().anyMatch(Metric::isOfRatings)) {
            new RatingStudy(part.train, threads).measure(part.test, predictors, ratings);
        }
    }

    /**
     * Takes in what another study of the same metrics measured, such as that of a fold.
     *
     * @param other is not changed
     */
    public void addAll(Study other) {
        historyLengths = other.historyLengths.length == 0 ? historyLengths : other.historyLengths;
        rankingStudy = other.rankingStudy.or(() -> rankingStudy);
        other.ratings.addTo(ratings);
        other.rankings.ifPresent(outcome -> {
            Outcome all = rankings.orElseGet(() -> Outcome.none(other.rankingStudy.orElseThrow()));
            rankings = Optional.of(merge(all, outcome));
        });
    }

    /**
     * Returns what each metric came to so far, over all parts added: a user counts as often as there are parts with a list
     * of it; errors of ratings are pooled.
     *
     * @return by name; a metric without anything to measure is absent
     */
    public Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Metric metric : metrics) {
            double value = value(metric, 0, Study::everyUser);
            if (!Double.isNaN(value)) {
                values.put(metric.toString(), value);
            }
        }
        return values;
    }

    /**
     * Returns how many users were measured.
     *
     * @return those with a list, or without metrics of rankings those with a rating
     */
    public int users() {
        return rankings.map(Outcome::sums).orElse(ratings).users().length;
    }

    private double value(Metric metric, int segment, IntPredicate places) {
        if (metric.isOfRatings()) {
            return root(metric).applyAsDouble(ratings.mean(RatingStudy.PER_SEGMENT * segment + column(metric), places));
        }
        if (rankings.isEmpty()) {
            return Double.NaN;
        }
        RankingStudy study = rankingStudy.orElseThrow();
        Outcome outcome = rankings.get();
        if (metric.isOfCatalogue()) {
            long[] exposure = outcome.exposures()[study.overall().indexOf(metric)];
            return metric.kind() == Metric.Kind.GINI ? RankingStudy.gini(exposure) : RankingStudy.coverage(exposure);
        }
        return outcome.sums()
                .mean(study.perList().size() * segment + study.perList().indexOf(metric), places);
    }

    private static int[] lengths(SparseRows rows) {
        return IntStream.range(0, rows.rows()).map(rows::length).toArray();
    }

    private static boolean everyUser(int place) {
        return true;
    }

    private static int column(Metric metric) {
        return metric.kind() == Metric.Kind.RMSE ? RatingStudy.SQUARES : RatingStudy.ABSOLUTES;
    }

    private static DoubleUnaryOperator root(Metric metric) {
        return metric.kind() == Metric.Kind.RMSE ? Math::sqrt : DoubleUnaryOperator.identity();
    }

    /**
     * Returns each metric with its interval.
     *
     * @return by name; a metric without anything to measure is absent
     */
    public Map<String, Estimate> estimates() {
        double[][] ranked = rankings.map(outcome -> outcome.sums()
                        .resample(rankingStudy.orElseThrow().perList().size(), RESAMPLES, seed, threads))
                .orElse(new double[0][]);
        double[][] rated = ratings.resample(RatingStudy.PER_SEGMENT, RESAMPLES, seed, threads);
        Map<String, Estimate> estimates = new LinkedHashMap<>();
        values().forEach((name, value) -> {
            Metric metric = Metric.parse(name);
            estimates.put(
                    name,
                    new Estimate(
                            value,
                            metric.isOfCatalogue()
                                    ? Optional.empty()
                                    : UserSums.interval(
                                            metric.isOfRatings()
                                                    ? Arrays.stream(rated[column(metric)])
                                                            .map(root(metric))
                                                            .toArray()
                                                    : ranked[
                                                            rankingStudy
                                                                    .orElseThrow()
                                                                    .perList()
                                                                    .indexOf(metric)])));
        });
        return estimates;
    }

    /**
     * Returns the values by segment.
     *
     * @return by {@code users} or {@code items}, then by the name of the segment, then by metric
     */
    public Map<String, Map<String, Map<String, Double>>> segments() {
        Map<String, Map<String, Map<String, Double>>> segments = new LinkedHashMap<>();
        Map<String, Map<String, Double>> byItem = new LinkedHashMap<>();
        for (int segment = 0; segment < Segments.COUNT; segment++) {
            byItem.put(Segments.ITEMS.get(segment), valuesOf(OptionalInt.of(1 + segment), -1));
        }
        Map<String, Map<String, Double>> byUser = new LinkedHashMap<>();
        for (int segment = 0; segment < Segments.COUNT; segment++) {
            byUser.put(Segments.USERS.get(segment), valuesOf(OptionalInt.empty(), segment));
        }
        segments.put("users", byUser);
        segments.put("items", byItem);
        return segments;
    }

    private Map<String, Double> valuesOf(OptionalInt itemSegment, int userSegment) {
        Map<String, Double> values = new LinkedHashMap<>();
        IntPredicate ranked =
                rankings.map(outcome -> places(outcome.sums(), userSegment)).orElse(Study::everyUser);
        IntPredicate rated = places(ratings, userSegment);
        for (Metric metric : metrics) {
            if (!metric.isOfCatalogue()) {
                double value = value(metric, itemSegment.orElse(0), metric.isOfRatings() ? rated : ranked);
                if (!Double.isNaN(value)) {
                    values.put(metric.toString(), value);
                }
            }
        }
        return values;
    }

    private IntPredicate places(UserSums sums, int userSegment) {
        if (userSegment < 0) {
            return Study::everyUser;
        }
        byte[] segments = Segments.ofUsers(historyLengths, sums.users());
        return place -> segments[place] == userSegment;
    }
}
