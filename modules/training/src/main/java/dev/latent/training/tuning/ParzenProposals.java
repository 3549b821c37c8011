package dev.latent.training.tuning;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Proposes settings by the tree-structured Parzen estimator [1]: the trials so far are parted into the better quarter and the
 * others, each part becomes a density over the space, and of a few draws from the better one's density l the one with the
 * largest l/g is taken, g being the others'. Kernels span all dimensions together as in BOHB [2], so that values that are
 * good only together are drawn together. Trials rank by how far they came, then by their metric, so that one that was
 * ended early counts as worse than one that was not.
 *
 * <p>The first trial has the defaults and the next ones are the algorithm's {@link SearchSpace#startingPoints}; what is left of
 * the first eight lies evenly in the space by an additive recurrence of the generalised golden ratio [3]. Proposal n follows
 * from seed, n and the trials before it alone. Immutable.
 *
 * <ol>
 *   <li>J. Bergstra, R. Bardenet, Y. Bengio, B. Kégl: Algorithms for Hyper-Parameter Optimization. NIPS 2011.
 *   <li>S. Falkner, A. Klein, F. Hutter: BOHB: Robust and Efficient Hyperparameter Optimization at Scale. ICML 2018.
 *   <li>M. Roberts: The Unreasonable Effectiveness of Quasirandom Sequences. 2018.
 * </ol>
 */
final class ParzenProposals {

    /** Trials that no earlier ones are needed for. */
    static final int FIRST_TRIALS = 8;

    private static final double GOOD_SHARE = 0.25;
    private static final int MOST_GOOD = 25;
    private static final int DRAWS = 64;
    private static final int ATTEMPTS = 200;
    private static final long STREAM = 0x9E3779B97F4A7C15L;

    private final SearchSpace space;
    private final TuningMetric metric;
    private final long seed;

    ParzenProposals(SearchSpace space, TuningMetric metric, long seed) {
        this.space = space;
        this.metric = metric;
        this.seed = seed;
    }

    /** Proposes a setting that was not tried yet; empty when none can be found. */
    Optional<Map<String, String>> propose(List<Trial> trials) {
        int number = trials.size() + 1;
        if (number == 1) {
            return Optional.of(space.defaults());
        }
        List<Map<String, String>> starts = space.startingPoints();
        if (number - 2 < starts.size()) {
            return Optional.of(starts.get(number - 2));
        }
        Set<Map<String, String>> tried = new HashSet<>();
        trials.forEach(trial -> tried.add(space.at(space.pointOf(trial.set()))));
        SplittableRandom random = new SplittableRandom(seed + STREAM * number);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            double[] point = number <= FIRST_TRIALS && attempt == 0
                    ? even(number)
                    : attempt < ATTEMPTS / 2 ? estimate(trials, random) : uniform(random);
            Map<String, String> set = space.at(point);
            if (!tried.contains(set)) {
                return Optional.of(set);
            }
        }
        return Optional.empty();
    }

    private double[] uniform(SplittableRandom random) {
        return random.doubles(space.dimensions().size()).toArray();
    }

    /** Point {@code number} of a sequence that fills the cube evenly, shifted by the seed. */
    private double[] even(int number) {
        double[] point = uniform(new SplittableRandom(seed));
        double ratio = goldenRatio(point.length);
        double step = 1;
        for (int index = 0; index < point.length; index++) {
            step /= ratio;
            double at = point[index] + number * step;
            point[index] = at - Math.floor(at);
        }
        return point;
    }

    /** The root above 1 of x^(d+1) = x + 1. */
    private static double goldenRatio(int dimensions) {
        double ratio = 2;
        for (int step = 0; step < 64; step++) {
            ratio = StrictMath.pow(1 + ratio, 1.0 / (dimensions + 1));
        }
        return ratio;
    }

    private double[] estimate(List<Trial> trials, SplittableRandom random) {
        List<double[]> ranked = rank(trials);
        int good = Math.clamp((long) Math.ceil(GOOD_SHARE * ranked.size()), 1, MOST_GOOD);
        ParzenDensity better = new ParzenDensity(space.dimensions(), ranked.subList(0, good));
        ParzenDensity others = new ParzenDensity(space.dimensions(), ranked.subList(good, ranked.size()));
        double[] best = better.draw(random);
        double bestRatio = better.logDensity(best) - others.logDensity(best);
        for (int draw = 1; draw < DRAWS; draw++) {
            double[] point = better.draw(random);
            double ratio = better.logDensity(point) - others.logDensity(point);
            if (ratio > bestRatio) {
                best = point;
                bestRatio = ratio;
            }
        }
        return best;
    }

    /** Best first; failed trials last. */
    private List<double[]> rank(List<Trial> trials) {
        Comparator<Trial> order = Comparator.comparing(
                        (Trial trial) -> trial.metric().isEmpty())
                .thenComparing(trial -> trial.state() != Trial.State.COMPLETE)
                .thenComparingInt(trial -> -trial.sweeps().size())
                .thenComparingDouble(trial -> metric.cost(trial.metric().orElse(0)))
                .thenComparingInt(Trial::number);
        Stream<Trial> sorted = trials.stream().sorted(order);
        return sorted.map(trial -> space.pointOf(trial.set())).toList();
    }
}
