package dev.latent.evaluation;

import dev.latent.math.WorkerPool;
import dev.latent.spi.Snapshot;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Measures rankings over the full catalogue: for each user with a relevant test item, all items but those of the user's
 * training history are ranked by score (ties: the lower number first), and compared with the relevant ones. For a user with
 * relevant items R and list L (1 is the first rank), averaged over users:
 *
 * <ul>
 *   <li>{@code recall@K} = |R ∩ L[1..K]| / |R|, or, for users who are held out from the training, by the denominator min(K,
 *       |R|) of the papers of that protocol; {@link Metric} has both
 *   <li>{@code ndcg@K} = Σ_{r ≤ K, L[r] ∈ R} 1/log2(r+1) over its largest possible value, Σ_{r ≤ min(K, |R|)} 1/log2(r+1)
 *   <li>{@code hr@K} = 1 when R ∩ L[1..K] is not empty, else 0
 *   <li>{@code mrr} = 1 / rank of the first relevant item in the whole list
 * </ul>
 *
 * over all counted users together:
 *
 * <ul>
 *   <li>{@code coverage@K} = number of different items in the users' L[1..K] / number of items
 *   <li>{@code popularity_share@K} = share of all entries of the users' L[1..K] that are among the ⌈10 %⌉ of items with
 *       the most training interactions (ties: the lower number first)
 * </ul>
 *
 * <p>Users are scored in batches, so that users × items is never in memory, and summed in a fixed order, so that the result
 * does not depend on the number of threads. Immutable and thread-safe.
 */
public final class RankingEvaluator {

    private static final int BATCHES_PER_BLOCK = 4;

    private final List<Integer> cutoffs;
    private final RelevanceRule relevance;
    private final int threads;
    private final boolean capped;

    /**
     * Creates an evaluator of users who are trained on.
     *
     * @param cutoffs the K to measure at, each at least 1, at least one; equal ones count once
     * @param relevance which test interactions should have been found
     * @param threads to keep busy, at least 1
     */
    public RankingEvaluator(List<Integer> cutoffs, RelevanceRule relevance, int threads) {
        this(cutoffs, relevance, threads, false);
    }

    private RankingEvaluator(List<Integer> cutoffs, RelevanceRule relevance, int threads, boolean capped) {
        if (cutoffs.isEmpty() || cutoffs.stream().anyMatch(cutoff -> cutoff < 1) || threads < 1) {
            throw new IllegalArgumentException(
                    "Ranking evaluation needs cutoffs and threads of at least 1, got " + cutoffs + ", " + threads);
        }
        this.cutoffs = List.copyOf(new TreeSet<>(cutoffs));
        this.relevance = relevance;
        this.threads = threads;
        this.capped = capped;
    }

    /**
     * Creates an evaluator of the same for users who are held out from the training: their {@code recall@K} is capped.
     *
     * @return otherwise the same
     */
    public RankingEvaluator ofHeldOutUsers() {
        return new RankingEvaluator(cutoffs, relevance, threads, true);
    }

    /**
     * Measures a scorer.
     *
     * @param scorer gives the scores
     * @param train whose items are left out of each user's list, and which says what is popular
     * @param test what should have been found
     * @return over the users who have a relevant test item
     */
    public Measurement evaluate(Scorer scorer, Snapshot train, Snapshot test) {
        int blockUsers = Scorer.BATCH * BATCHES_PER_BLOCK;
        int blocks = (test.userCount() + blockUsers - 1) / blockUsers;
        RankingTotals[] totals = new RankingTotals[blocks];
        RankingWorker[] workers = new RankingWorker[threads];
        BitSet popular = PopularityBaseline.mostPopular(train, 0.1);
        try (WorkerPool pool = new WorkerPool(threads)) {
            pool.run(blocks, (block, worker) -> {
                if (workers[worker] == null) {
                    workers[worker] = new RankingWorker(scorer, train, test, relevance, cutoffs, popular);
                }
                int from = block * blockUsers;
                totals[block] = workers[worker].measure(from, Math.min(test.userCount(), from + blockUsers));
            });
        }
        RankingTotals sum = new RankingTotals(cutoffs.size());
        for (RankingTotals part : totals) {
            sum.add(part);
        }
        return new Measurement(
                sum.users, sum.relevant, sum.users == 0 ? Map.of() : name(sum, workers, scorer.itemCount()));
    }

    private Map<String, Double> name(RankingTotals sum, RankingWorker[] workers, int itemCount) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (int index = 0; index < cutoffs.size(); index++) {
            String suffix = "@" + cutoffs.get(index);
            metrics.put("recall" + suffix, (capped ? sum.cappedRecall : sum.recall)[index] / sum.users);
            metrics.put("ndcg" + suffix, sum.ndcg[index] / sum.users);
            metrics.put("hr" + suffix, (double) sum.hits[index] / sum.users);
            BitSet recommended = new BitSet(itemCount);
            for (RankingWorker worker : workers) {
                if (worker != null) {
                    recommended.or(worker.recommended(index));
                }
            }
            metrics.put("coverage" + suffix, (double) recommended.cardinality() / itemCount);
            metrics.put(
                    "popularity_share" + suffix,
                    sum.listed[index] == 0 ? 0.0 : (double) sum.popular[index] / sum.listed[index]);
        }
        metrics.put("mrr", sum.reciprocalRank / sum.users);
        return metrics;
    }
}
