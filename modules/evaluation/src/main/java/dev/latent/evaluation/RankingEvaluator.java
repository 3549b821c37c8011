package dev.latent.evaluation;

import dev.latent.spi.Snapshot;
import dev.latent.spi.TrainedModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Measures rankings over the full catalogue by a fixed set of metrics, over all users together: for each user with a relevant
 * test item, all items but those of the user's training history are ranked by score (ties: the lower number first), and
 * compared with the relevant ones. For each cutoff K {@code recall@K}, {@code ndcg@K}, {@code hr@K}, {@code coverage@K} and
 * {@code popularity_share@K}, and {@code mrr} of the whole list, as {@link Metric} defines them; for users who are held out
 * from the training {@code recall@K} is what is called {@code capped_recall@K} there, as the papers of that protocol have it.
 *
 * <p>Users × items is never in memory, and sums are taken in a fixed order, so that the result does not depend on the number
 * of threads. Immutable and thread-safe.
 */
public final class RankingEvaluator {

    private final List<Integer> cutoffs;
    private final RelevanceRule relevance;
    private final int threads;
    private final Map<String, Metric> metrics;

    /**
     * Creates an evaluator of users who are trained on.
     *
     * @param cutoffs the K to measure at, each at least 1, at least one; equal ones count once
     * @param relevance which test interactions should have been found
     * @param threads to keep busy, at least 1
     */
    public RankingEvaluator(List<Integer> cutoffs, RelevanceRule relevance, int threads) {
        this(cutoffs, relevance, threads, Metric.Kind.RECALL);
    }

    private RankingEvaluator(List<Integer> cutoffs, RelevanceRule relevance, int threads, Metric.Kind recall) {
        if (cutoffs.isEmpty() || cutoffs.stream().anyMatch(cutoff -> cutoff < 1) || threads < 1) {
            throw new IllegalArgumentException(
                    "Ranking evaluation needs cutoffs and threads of at least 1, got " + cutoffs + ", " + threads);
        }
        this.cutoffs = List.copyOf(new TreeSet<>(cutoffs));
        this.relevance = relevance;
        this.threads = threads;
        metrics = new LinkedHashMap<>();
        for (int cutoff : this.cutoffs) {
            metrics.put("recall@" + cutoff, new Metric(recall, cutoff));
            for (Metric.Kind kind :
                    List.of(Metric.Kind.NDCG, Metric.Kind.HR, Metric.Kind.COVERAGE, Metric.Kind.POPULARITY_SHARE)) {
                Metric metric = new Metric(kind, cutoff);
                metrics.put(metric.toString(), metric);
            }
        }
        metrics.put("mrr", new Metric(Metric.Kind.MRR, Metric.WHOLE_LIST));
    }

    /**
     * Creates an evaluator of the same for users who are held out from the training: their {@code recall@K} is capped.
     *
     * @return otherwise the same
     */
    public RankingEvaluator ofHeldOutUsers() {
        return new RankingEvaluator(cutoffs, relevance, threads, Metric.Kind.CAPPED_RECALL);
    }

    /**
     * Measures a trained model.
     *
     * @param model embeddings, or a model that scores the training histories
     * @param train whose items are left out of each user's list, and which says what is popular
     * @param test what should have been found
     * @return over the users who have a relevant test item
     */
    public Measurement evaluate(TrainedModel model, Snapshot train, Snapshot test) {
        return measure(ListSource.of(model, train, true), train, test);
    }

    /**
     * Measures the order by popularity.
     *
     * @param baseline gives the order
     * @param train as for a model
     * @param test as for a model
     * @return as for a model
     */
    public Measurement evaluate(PopularityBaseline baseline, Snapshot train, Snapshot test) {
        return measure(ListSource.of(baseline, train), train, test);
    }

    /**
     * Measures scores.
     *
     * @param scorer gives them; NaN for what is not to be ranked
     * @param train as for a model
     * @param test as for a model
     * @return as for a model
     */
    public Measurement evaluate(Scorer scorer, Snapshot train, Snapshot test) {
        return measure(ListSource.of(scorer, train), train, test);
    }

    private Measurement measure(ListSource lists, Snapshot train, Snapshot test) {
        List<TestCase> cases = new CatalogueCases(test.byUser(), relevance);
        RankingStudy study = new RankingStudy(new ArrayList<>(metrics.values()), ItemFacts.together(train), threads);
        Totals totals = new Totals(cases.size(), study.columns());
        long[][] exposures = study.newExposures();
        study.measure(cases, lists, () -> ListSimilarity.ofUsers(train), totals, exposures);
        return new Measurement(
                cases.size(), totals.relevant(), cases.isEmpty() ? Map.of() : name(study, totals.sum(), exposures));
    }

    private Map<String, Double> name(RankingStudy study, double[] sums, long[][] exposures) {
        Map<String, Double> values = new LinkedHashMap<>();
        metrics.forEach((name, metric) -> {
            if (metric.isOfCatalogue()) {
                values.put(name, RankingStudy.coverage(exposures[study.overall().indexOf(metric)]));
            } else {
                int column = study.perList().indexOf(metric);
                double count = UserSums.count(sums, column);
                values.put(name, count == 0 ? 0 : UserSums.value(sums, column) / count);
            }
        });
        return values;
    }

    /** Sums over all cases: taken slice by slice, then over the slices in their order. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Totals(double[][] slices, long[] relevantOfSlices) implements RankingStudy.Sums {

        Totals(int cases, int columns) {
            int count = Math.ceilDiv(cases, TopLists.SLICE);
            this(new double[count][UserSums.width(columns)], new long[count]);
        }

        @Override
        public void take(int first, List<TestCase> cases, double[][] rows) {
            for (int index = 0; index < cases.size(); index++) {
                int slice = (first + index) / TopLists.SLICE;
                relevantOfSlices[slice] += cases.get(index).relevant().length;
                UserSums.add(slices[slice], rows[index]);
            }
        }

        long relevant() {
            long relevant = 0;
            for (long count : relevantOfSlices) {
                relevant += count;
            }
            return relevant;
        }

        double[] sum() {
            double[] sums = new double[slices[0].length];
            for (double[] slice : slices) {
                UserSums.add(sums, slice);
            }
            return sums;
        }
    }
}
