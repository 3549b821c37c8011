package dev.latent.evaluation;

import dev.latent.math.DenseSolver;
import dev.latent.math.Kernels;
import dev.latent.math.LaterCounts;
import dev.latent.math.NonNegativeSolver;
import dev.latent.math.RidgeSolver;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.FoldIn;
import dev.latent.spi.History;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Optional;

/**
 * The closed form of {@link FoldIn.Ridge}: {@code (α0·HᵀH + Σ c·h·hᵀ + λ(|I| + α0·n)^ν·I) w = Σ c·t·h}. A history
 * of up to {@value #LONGEST_ROUNDED} interactions is summed and solved in float32 by the kernels that training uses; a longer
 * one, whose like terms would lose digits, and a system that float32 does not bear, in float64. A user bias is one more
 * coordinate, for which every {@code h} has a 1 and the Gramian a 0. {@link FoldIn.WeightedRidge} puts weights of user, item
 * and place in the history before c, may put the item's before α0 too, and may forbid negative elements.
 */
final class RidgeFoldIn implements FoldInSolver.Law {

    private static final int LONGEST_ROUNDED = 4096;

    private final EmbeddingModel model;
    private final FoldIn.Ridge law;
    private final Optional<FoldIn.WeightedRidge> weights;
    private final int rank;
    private final int order;
    private final double[] unobserved;
    private final Workspaces<Workspace> workspaces = new Workspaces<>(Workspace::new);

    /** What a call fills and the next one fills again. */
    private final class Workspace {
        final RidgeSolver solver = new RidgeSolver(order);
        final float[] row = new float[order];
        final float[] solution = new float[order];
        double[] pairWeights = {};

        /** Zeros, at least {@code count}; those of a very long history are not kept. */
        double[] pairWeights(int count) {
            if (count > LONGEST_ROUNDED) {
                return new double[count];
            }
            if (pairWeights.length < count) {
                pairWeights = new double[Math.min(LONGEST_ROUNDED, 2 * count)];
            }
            Arrays.fill(pairWeights, 0, count, 0);
            return pairWeights;
        }
    }

    RidgeFoldIn(EmbeddingModel model, FoldIn.Ridge law) {
        this(model, law, Optional.empty());
    }

    RidgeFoldIn(EmbeddingModel model, FoldIn.WeightedRidge law) {
        this(model, law.ridge(), Optional.of(law));
    }

    private RidgeFoldIn(EmbeddingModel model, FoldIn.Ridge law, Optional<FoldIn.WeightedRidge> weights) {
        this.model = model;
        this.law = law;
        this.weights = weights;
        rank = model.rank();
        order = rank + (law.userBias() ? 1 : 0);
        unobserved = new double[order * order];
        if (law.unobservedWeight() > 0 && rank > 0) {
            try (Arena scratch = Arena.ofConfined()) {
                fillUnobserved(isNormalized() ? normalized(scratch) : model.items());
            }
        }
    }

    private boolean isNormalized() {
        return weights.isPresent()
                && weights.get().normalizedItems()
                && model.itemWeights().isPresent();
    }

    /** Item vectors times the roots of their weights: these have the weighted Gramian. */
    private FloatMatrix normalized(Arena arena) {
        FloatMatrix items = FloatMatrix.allocate(arena, model.items().rows(), rank);
        float[] vector = new float[rank];
        for (long item = 0; item < items.rows(); item++) {
            model.items().readRow(item, vector, 0);
            float root = (float) Math.sqrt(itemWeight(item));
            for (int factor = 0; factor < rank; factor++) {
                vector[factor] *= root;
            }
            items.writeRow(item, vector, 0);
        }
        return items;
    }

    private void fillUnobserved(FloatMatrix items) {
        double[] gramian = new double[rank * rank];
        Kernels.gramian(items.segment(), items.rows(), rank, gramian);
        for (int row = 0; row < rank; row++) {
            for (int column = 0; column < rank; column++) {
                unobserved[row * order + column] = law.unobservedWeight() * gramian[row * rank + column];
            }
        }
    }

    @Override
    public Optional<FoldedUser> solve(History history) {
        int liked = countLiked(history);
        if (liked == 0 || order == 0) {
            return Optional.empty();
        }
        Workspace workspace = workspaces.take();
        try {
            return solve(history, liked, workspace);
        } finally {
            workspaces.give(workspace);
        }
    }

    private Optional<FoldedUser> solve(History history, int liked, Workspace workspace) {
        double[] pairWeights = workspace.pairWeights(history.size());
        weigh(history, liked, pairWeights);
        double size = liked + law.unobservedWeight() * model.items().rows();
        double ridge = law.regularization() * Math.pow(size, law.regularizationExponent());
        Optional<FoldedUser> rounded = liked <= LONGEST_ROUNDED && !isNonNegative()
                ? roundedMinimum(history, pairWeights, ridge, workspace)
                : Optional.empty();
        return rounded.isPresent() ? rounded : preciseMinimum(history, pairWeights, ridge);
    }

    /** Puts what each liked interaction weighs; leaves the others. */
    private void weigh(History history, int liked, double[] pairWeights) {
        double userWeight = weights.map(law -> law.userWeight(liked)).orElse(1.0);
        for (int index = 0; index < history.size(); index++) {
            float value = history.values()[index];
            if (isLiked(value)) {
                pairWeights[index] = userWeight
                        * itemWeight(history.items()[index])
                        * law.confidence().weight(value);
            }
        }
        if (weights.isPresent() && weights.get().recencyHalfLife() > 0 && history.times().length > 0) {
            multiplyByRecency(history, weights.get().recencyHalfLife(), liked, pairWeights);
        }
    }

    private void multiplyByRecency(History history, double halfLife, int liked, double[] pairWeights) {
        long[] times = new long[liked];
        int next = 0;
        for (int index = 0; index < history.size(); index++) {
            if (isLiked(history.values()[index])) {
                times[next++] = history.time(index);
            }
        }
        double[] recency = LaterCounts.weights(times, halfLife);
        next = 0;
        for (int index = 0; index < history.size(); index++) {
            if (isLiked(history.values()[index])) {
                pairWeights[index] *= recency[next++];
            }
        }
    }

    private boolean isLiked(float value) {
        return value >= law.minimumValue();
    }

    private boolean isNonNegative() {
        return weights.isPresent() && weights.get().nonNegative();
    }

    /** Empty when float32 does not bear the system. */
    private Optional<FoldedUser> roundedMinimum(
            History history, double[] pairWeights, double ridge, Workspace workspace) {
        RidgeSolver solver = workspace.solver;
        solver.begin(unobserved, 1, (float) ridge);
        float[] h = workspace.row;
        if (law.userBias()) {
            h[rank] = 1f;
        }
        for (int index = 0; index < history.size(); index++) {
            float value = history.values()[index];
            if (isLiked(value)) {
                int item = history.items()[index];
                model.items().readRow(item, h, 0);
                double weight = pairWeights[index];
                solver.add(h, 0, (float) weight, (float) (weight * targetOf(item, value)));
            }
        }
        float[] solution = workspace.solution;
        return solver.solve(solution, 0) && isFinite(solution) ? Optional.of(toUser(solution)) : Optional.empty();
    }

    private static boolean isFinite(float[] values) {
        float sum = 0f;
        for (float value : values) {
            sum += Math.abs(value);
        }
        return Float.isFinite(sum);
    }

    private Optional<FoldedUser> preciseMinimum(History history, double[] pairWeights, double ridge) {
        double[] system = unobserved.clone();
        double[] target = new double[order];
        addLiked(history, pairWeights, system, target);
        for (int row = 0; row < order; row++) {
            system[row * order + row] += ridge;
            for (int column = 0; column < row; column++) {
                system[row * order + column] = system[column * order + row];
            }
        }
        return minimum(system, target)
                .map(RidgeFoldIn::round)
                .filter(RidgeFoldIn::isFinite)
                .map(this::toUser);
    }

    private Optional<double[]> minimum(double[] system, double[] target) {
        return isNonNegative()
                ? NonNegativeSolver.findSolution(system, order, rank, target)
                : DenseSolver.findSolution(system, order, target);
    }

    private int countLiked(History history) {
        int liked = 0;
        for (float value : history.values()) {
            liked += isLiked(value) ? 1 : 0;
        }
        return liked;
    }

    private void addLiked(History history, double[] pairWeights, double[] system, double[] target) {
        float[] row = new float[rank];
        double[] h = new double[order];
        for (int index = 0; index < history.size(); index++) {
            float value = history.values()[index];
            if (isLiked(value)) {
                int item = history.items()[index];
                model.items().readRow(item, row, 0);
                widen(row, h);
                add(h, pairWeights[index], targetOf(item, value), system, target);
            }
        }
    }

    private double itemWeight(long item) {
        return weights.isEmpty() || model.itemWeights().isEmpty()
                ? 1
                : model.itemWeights().get().get(item, 0);
    }

    private void widen(float[] row, double[] h) {
        for (int factor = 0; factor < rank; factor++) {
            h[factor] = row[factor];
        }
        if (law.userBias()) {
            h[rank] = 1;
        }
    }

    private double targetOf(int item, float value) {
        return switch (law.target()) {
            case ONE -> 1;
            case VALUE ->
                (double) value
                        - model.offset()
                        - (model.itemBiases().isEmpty()
                                ? 0f
                                : model.itemBiases().get().get(item, 0));
        };
    }

    /** Adds to the upper triangle and to the right-hand side. */
    private void add(double[] h, double weight, double goal, double[] system, double[] target) {
        for (int row = 0; row < order; row++) {
            double scaled = weight * h[row];
            target[row] += scaled * goal;
            int start = row * order;
            for (int column = row; column < order; column++) {
                system[start + column] += scaled * h[column];
            }
        }
    }

    private static float[] round(double[] solution) {
        float[] rounded = new float[solution.length];
        for (int i = 0; i < solution.length; i++) {
            rounded[i] = (float) solution[i];
        }
        return rounded;
    }

    private FoldedUser toUser(float[] solution) {
        return new FoldedUser(Arrays.copyOf(solution, rank), law.userBias() ? solution[rank] : 0f);
    }
}
