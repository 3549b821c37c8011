package dev.latent.evaluation;

import dev.latent.math.CumulativeWeights;
import dev.latent.math.LaterCounts;
import dev.latent.math.SeededRandom;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FoldIn;
import dev.latent.spi.History;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The steps of {@link FoldIn.Gradient}: stochastic gradient descent on one user's vector from 0, with one AdaGrad scalar
 * for the whole vector, {@code w -= η·g/√G}, then {@code G += mean(g²)}, {@code G} starting at 1 (Chin, Zhuang, Juan, Lin, "A learning-rate schedule for
 * stochastic gradient methods to matrix factorization", PAKDD 2015), in float64.
 *
 * <p>The generator is seeded from the items and values of the history, so the same history gives the same vector.
 */
final class GradientFoldIn implements FoldInSolver.Law {

    private static final double INITIAL_SQUARES = 1;

    private final EmbeddingModel model;
    private final FoldIn.Gradient law;
    private final int rank;
    private final int itemCount;
    private final NegativeItems negatives;

    GradientFoldIn(EmbeddingModel model, FoldIn.Gradient law) {
        this.model = model;
        this.law = law;
        rank = model.rank();
        itemCount = Math.toIntExact(model.items().rows());
        negatives = NegativeItems.of(itemCount, model.itemWeights());
    }

    @Override
    public Optional<FoldedUser> solve(History history) {
        int[] liked = findLiked(history);
        if (liked.length == 0 || rank == 0) {
            return Optional.empty();
        }
        long seed = 31L * Arrays.hashCode(history.items()) + Arrays.hashCode(history.values());
        int[] sorted = liked.clone();
        Arrays.sort(sorted);
        Descent descent = new Descent(sorted, SeededRandom.of(seed, 0));
        int[] order = liked.clone();
        for (int epoch = 0; epoch < law.epochs(); epoch++) {
            descent.random.shuffle(order);
            for (int item : order) {
                descent.step(item);
            }
        }
        if (law.recencyHalfLife() > 0) {
            followLatest(descent, liked, history);
        }
        return descent.result();
    }

    private int[] findLiked(History history) {
        return IntStream.range(0, history.size())
                .filter(index -> isLiked(history, index))
                .map(index -> history.items()[index])
                .toArray();
    }

    private boolean isLiked(History history, int index) {
        return history.values()[index] >= law.minimumValue();
    }

    private void followLatest(Descent descent, int[] liked, History history) {
        long[] times = IntStream.range(0, history.size())
                .filter(index -> isLiked(history, index))
                .mapToLong(history::time)
                .toArray();
        CumulativeWeights weights = new CumulativeWeights(LaterCounts.weights(times, law.recencyHalfLife()));
        if (weights.sum() == liked.length) {
            return;
        }
        descent.startAnew();
        for (long step = (long) Math.ceil(law.recentPasses() * weights.sum()); step > 0; step--) {
            descent.step(liked[weights.draw(descent.random)]);
        }
    }

    /** The state of one solve. */
    private final class Descent {
        private final int[] liked;
        private final SeededRandom random;
        private final double[] vector = new double[rank];
        private final double[] gradient = new double[rank];
        private final float[] positive = new float[rank];
        private final float[] negative = new float[rank];
        private double squares = INITIAL_SQUARES;
        private int candidates = 1;

        Descent(int[] liked, SeededRandom random) {
            this.liked = liked;
            this.random = random;
        }

        /** The first steps are long again, and negatives hard. */
        void startAnew() {
            squares = INITIAL_SQUARES;
            candidates = law.recentCandidates();
        }

        void step(int item) {
            model.items().readRow(item, positive, 0);
            if (law.loss() == FoldIn.Loss.LOGISTIC) {
                descend(positive, sigmoid(score(positive, item)) - 1);
            }
            if (law.loss() == FoldIn.Loss.WARP) {
                stepAboveViolation(item);
                return;
            }
            for (int draw = 0; draw < law.negatives(); draw++) {
                int other = hardest();
                if (other != NegativeItems.NONE) {
                    stepAgainst(item, other);
                }
            }
        }

        /** The highest scored of the candidates; as in training none when the first draw finds none. */
        private int hardest() {
            int hardest = negatives.draw(liked, random);
            if (candidates == 1 || hardest == NegativeItems.NONE) {
                return hardest;
            }
            double highest = scoreOf(hardest);
            for (int candidate = 1; candidate < candidates; candidate++) {
                int other = negatives.draw(liked, random);
                double score = other == NegativeItems.NONE ? Double.NEGATIVE_INFINITY : scoreOf(other);
                if (score > highest) {
                    highest = score;
                    hardest = other;
                }
            }
            return hardest;
        }

        private double scoreOf(int item) {
            model.items().readRow(item, negative, 0);
            return score(negative, item);
        }

        /** Weighs the step by how high the item is estimated to rank: the sooner a violation is found, the lower it ranks. */
        private void stepAboveViolation(int item) {
            double least = score(positive, item) - 1;
            for (int draw = 1; draw <= law.negatives(); draw++) {
                int other = negatives.draw(liked, random);
                if (other == NegativeItems.NONE) {
                    continue;
                }
                model.items().readRow(other, negative, 0);
                if (score(negative, other) > least) {
                    int position = Math.max(1, (itemCount - 1) / draw);
                    subtractNegative();
                    descend(negative, -StrictMath.log(position) / StrictMath.log(Math.max(2, itemCount)));
                    return;
                }
            }
        }

        private void subtractNegative() {
            for (int factor = 0; factor < rank; factor++) {
                negative[factor] = positive[factor] - negative[factor];
            }
        }

        private void stepAgainst(int item, int other) {
            model.items().readRow(other, negative, 0);
            if (law.loss() == FoldIn.Loss.LOGISTIC) {
                descend(negative, sigmoid(score(negative, other)));
            } else {
                double margin = score(positive, item) - score(negative, other);
                subtractNegative();
                descend(negative, sigmoid(margin) - 1);
            }
        }

        private double score(float[] row, int item) {
            double sum = model.offset()
                    + model.itemBiases().map(biases -> biases.get(item, 0)).orElse(0f);
            for (int factor = 0; factor < rank; factor++) {
                sum += vector[factor] * row[factor];
            }
            return sum;
        }

        private void descend(float[] direction, double slope) {
            double sum = 0;
            for (int factor = 0; factor < rank; factor++) {
                gradient[factor] = slope * direction[factor] + law.regularization() * vector[factor];
                sum += gradient[factor] * gradient[factor];
            }
            double rate = law.learningRate() / Math.sqrt(squares);
            for (int factor = 0; factor < rank; factor++) {
                vector[factor] -= rate * gradient[factor];
            }
            squares += sum / rank;
        }

        private double sigmoid(double value) {
            return 1 / (1 + StrictMath.exp(-value));
        }

        Optional<FoldedUser> result() {
            float[] result = new float[rank];
            for (int factor = 0; factor < rank; factor++) {
                result[factor] = (float) vector[factor];
                if (!Float.isFinite(result[factor])) {
                    return Optional.empty();
                }
            }
            return Optional.of(new FoldedUser(result, 0f));
        }
    }
}
