package dev.latent.algorithms.wals;

import dev.latent.algorithms.wals.Interactions.Entry;
import dev.latent.math.DenseSolver;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.FoldIn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;

/** The objective and its minima as {@link FoldIn.Ridge} documents them, in float64 and by the shortest way. */
final class Oracle {

    private final EmbeddingModel model;
    private final FoldIn.Ridge law;
    private final Interactions data;
    private final Optional<FoldIn.WeightedRidge> weights;

    /** What the objective came to. */
    record Parts(double observed, double unobserved, double regularization) {
        double total() {
            return observed + unobserved + regularization;
        }
    }

    Oracle(EmbeddingModel model, Interactions data) {
        this.model = model;
        this.law = switch (model.foldIn()) {
            case FoldIn.Ridge ridge -> ridge;
            case FoldIn.WeightedRidge weighted -> weighted.ridge();
            default -> throw new IllegalArgumentException("no ridge law");
        };
        this.data = data;
        weights = model.foldIn() instanceof FoldIn.WeightedRidge weighted ? Optional.of(weighted) : Optional.empty();
    }

    /** What a pair weighs: confidence, and the weights of its user, its item and its place in the history. */
    private double weight(Entry entry) {
        double weight = ownWeight(entry);
        if (weights.isPresent()) {
            weight *= itemWeight(entry.item()) * recency(entry, weights.get().recencyHalfLife());
        }
        return weight;
    }

    private double recency(Entry entry, double halfLife) {
        return halfLife == 0 ? 1 : StrictMath.pow(2, -later(entry) / halfLife);
    }

    private int later(Entry entry) {
        return (int) data.entries().stream()
                .filter(other -> other.user() == entry.user() && isLiked(other) && other.time() > entry.time())
                .count();
    }

    private double itemWeight(int item) {
        return model.itemWeights().map(values -> values.get(item, 0)).orElse(1f);
    }

    private boolean isNormalized() {
        return weights.isPresent() && weights.get().normalizedItems();
    }

    /** What all of an item weighs. */
    private double normalization(int item) {
        return isNormalized() ? itemWeight(item) : 1;
    }

    private double ownWeight(Entry entry) {
        double weight = law.confidence().weight(entry.value());
        if (weights.isPresent()) {
            long liked = data.entries().stream()
                    .filter(other -> other.user() == entry.user() && isLiked(other))
                    .count();
            weight *= weights.get().userWeight((int) liked);
        }
        return weight;
    }

    private boolean isLiked(Entry entry) {
        return entry.value() >= law.minimumValue();
    }

    Parts objective() {
        double observed = 0;
        for (Entry entry : data.entries()) {
            if (isLiked(entry)) {
                double error = model.score(entry.user(), entry.item()) - (law.userBias() ? entry.value() : 1);
                observed += weight(entry) * error * error;
            }
        }
        double unobserved = 0;
        for (int user = 0; user < data.users() && law.unobservedWeight() > 0; user++) {
            for (int item = 0; item < data.items(); item++) {
                unobserved += normalization(item) * law.unobservedWeight() * Math.pow(model.score(user, item), 2);
            }
        }
        double regularization = 0;
        for (int user = 0; user < data.users(); user++) {
            int row = user;
            regularization +=
                    penalty(data.entries().stream().filter(e -> e.user() == row).toList(), data.items())
                            * squaredNorm(model.users(), model.userBiases(), user);
        }
        for (int item = 0; item < data.items(); item++) {
            int row = item;
            regularization += normalization(item)
                    * penalty(
                            data.entries().stream().filter(e -> e.item() == row).toList(), data.users())
                    * squaredNorm(model.items(), model.itemBiases(), item);
        }
        return new Parts(observed, unobserved, regularization);
    }

    private double penalty(List<Entry> entries, int columns) {
        long liked = entries.stream().filter(this::isLiked).count();
        return liked == 0
                ? 0
                : law.regularization()
                        * Math.pow(liked + law.unobservedWeight() * columns, law.regularizationExponent());
    }

    private static double squaredNorm(FloatMatrix factors, Optional<FloatMatrix> biases, int row) {
        double sum = biases.map(matrix -> Math.pow(matrix.get(row, 0), 2)).orElse(0.0);
        for (int i = 0; i < factors.columns(); i++) {
            sum += Math.pow(factors.get(row, i), 2);
        }
        return sum;
    }

    /** Returns the minimum over one user's vector, and with ratings its bias in the last place. */
    double[] user(int user) {
        return row(
                this::weight,
                this::normalization,
                data.entries().stream().filter(entry -> entry.user() == user).toList(),
                model.items(),
                item -> model.itemBiases().map(biases -> biases.get(item, 0)).orElse(0f));
    }

    /** Returns the same for an item. */
    double[] item(int item) {
        List<Entry> transposed = data.entries().stream()
                .filter(entry -> entry.item() == item)
                .map(Entry::transposed)
                .toList();
        return row(
                entry -> weight(entry.transposed()) / normalization(item),
                user -> 1,
                transposed,
                model.users(),
                user -> model.userBiases().map(biases -> biases.get(user, 0)).orElse(0f));
    }

    private double[] row(
            ToDoubleFunction<Entry> weights,
            IntToDoubleFunction unobserved,
            List<Entry> entries,
            FloatMatrix others,
            IntToDoubleFunction bias) {
        int order = others.columns() + (law.userBias() ? 1 : 0);
        double[] system = new double[order * order];
        double[] right = new double[order];
        for (int other = 0; other < others.rows(); other++) {
            double weight = law.unobservedWeight() * unobserved.applyAsDouble(other);
            addOuter(vector(others, other, others.columns()), weight, system);
        }
        List<Entry> liked = entries.stream().filter(this::isLiked).toList();
        for (Entry entry : liked) {
            double[] vector = vector(others, entry.item(), order);
            double weight = weights.applyAsDouble(entry);
            double target = law.userBias() ? entry.value() - model.offset() - bias.applyAsDouble(entry.item()) : 1;
            addOuter(vector, weight, system);
            for (int i = 0; i < order; i++) {
                right[i] += weight * target * vector[i];
            }
        }
        if (liked.isEmpty()) {
            return new double[order];
        }
        for (int i = 0; i < order; i++) {
            system[i * order + i] += penalty(liked, Math.toIntExact(others.rows()));
        }
        return DenseSolver.solveSymmetric(system, order, right);
    }

    private static double[] vector(FloatMatrix matrix, int row, int order) {
        double[] vector = new double[order];
        for (int i = 0; i < matrix.columns(); i++) {
            vector[i] = matrix.get(row, i);
        }
        if (order > matrix.columns()) {
            vector[order - 1] = 1;
        }
        return vector;
    }

    /** Rows of unobserved pairs have no place for a bias: with ratings their weight is 0. */
    private static void addOuter(double[] vector, double weight, double[] system) {
        int order = (int) Math.round(Math.sqrt(system.length));
        for (int i = 0; i < vector.length; i++) {
            for (int j = 0; j < vector.length; j++) {
                system[i * order + j] += weight * vector[i] * vector[j];
            }
        }
    }

    /** Returns the stored vector of a row, and with ratings its bias in the last place. */
    static double[] stored(FloatMatrix factors, Optional<FloatMatrix> biases, int row) {
        List<Double> stored = new ArrayList<>();
        for (int i = 0; i < factors.columns(); i++) {
            stored.add((double) factors.get(row, i));
        }
        biases.ifPresent(matrix -> stored.add((double) matrix.get(row, 0)));
        return stored.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
