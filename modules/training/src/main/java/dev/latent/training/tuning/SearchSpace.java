package dev.latent.training.tuning;

import dev.latent.spi.Algorithm;
import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.Snapshot;
import dev.latent.spi.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a search varies and what it holds fast.
 *
 * @param given what every trial is given: what the user fixed, and what makes the model one that the metric measures
 * @param dimensions what varies, in the order of declaration
 * @param base the defaults completed by {@code given}
 * @param starts values of dimensions to be tried after the defaults
 */
record SearchSpace(
        Map<String, String> given,
        List<Dimension> dimensions,
        Map<String, String> base,
        List<Map<String, String>> starts) {

    SearchSpace {
        given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
        dimensions = List.copyOf(dimensions);
        base = Collections.unmodifiableMap(new LinkedHashMap<>(base));
        starts = List.copyOf(starts);
    }

    /**
     * Reads the space from an algorithm's declarations, for no data in particular.
     *
     * @throws dev.latent.spi.InvalidHyperparametersException when a fixed value is refused
     * @throws IllegalArgumentException when the algorithm cannot be measured by the metric
     */
    static SearchSpace of(Algorithm algorithm, Map<String, String> fixed, TuningMetric metric) {
        return of(algorithm, fixed, metric, algorithm::searchSpace, _ -> List.of());
    }

    /**
     * Reads the space of some data.
     *
     * @param snapshot what the trials learn from
     * @throws dev.latent.spi.InvalidHyperparametersException when a fixed value is refused
     * @throws IllegalArgumentException when the algorithm cannot be measured by the metric
     */
    static SearchSpace of(Algorithm algorithm, Map<String, String> fixed, TuningMetric metric, Snapshot snapshot) {
        return of(
                algorithm,
                fixed,
                metric,
                base -> algorithm.searchSpace(base, snapshot),
                base -> algorithm.startingPoints(base, snapshot));
    }

    private static SearchSpace of(
            Algorithm algorithm,
            Map<String, String> fixed,
            TuningMetric metric,
            Function<Hyperparameters, List<Hyperparameter>> ranges,
            Function<Hyperparameters, List<Map<String, String>>> points) {
        List<Hyperparameter> declared = algorithm.hyperparameters();
        Map<String, String> given = fitTask(algorithm, fixed, metric);
        Hyperparameters base = Hyperparameters.resolve(declared, given);
        List<Dimension> dimensions = new ArrayList<>();
        for (Hyperparameter range : ranges.apply(base)) {
            if (!fixed.containsKey(range.name())) {
                dimensions.add(check(algorithm, Dimension.of(range)));
            }
        }
        Set<String> names = names(dimensions);
        given.keySet().removeAll(names);
        List<Map<String, String>> starts = points.apply(base).stream()
                .map(point -> within(point, names))
                .distinct()
                .toList();
        return new SearchSpace(given, dimensions, base.asMap(), starts);
    }

    /** Without what the user fixed. */
    private static Map<String, String> within(Map<String, String> point, Set<String> names) {
        Map<String, String> searched = new TreeMap<>(point);
        searched.keySet().retainAll(names);
        return searched;
    }

    private static Set<String> names(List<Dimension> dimensions) {
        Set<String> names = new TreeSet<>();
        dimensions.forEach(dimension -> names.add(dimension.name()));
        return names;
    }

    /** What is fixed and, where the metric needs another task than the defaults', the first choice that brings it. */
    private static Map<String, String> fitTask(Algorithm algorithm, Map<String, String> fixed, TuningMetric metric) {
        Map<String, String> given = new LinkedHashMap<>(fixed);
        if (task(algorithm, given) == metric.task()) {
            return given;
        }
        for (Hyperparameter declaration : algorithm.hyperparameters()) {
            if (declaration instanceof Hyperparameter.OfChoice choice && !fixed.containsKey(choice.name())) {
                Optional<String> value = choice.choices().stream()
                        .filter(word -> task(algorithm, with(fixed, choice.name(), word)) == metric.task())
                        .findFirst();
                if (value.isPresent()) {
                    return with(fixed, choice.name(), value.get());
                }
            }
        }
        if (metric.task() == Task.RATING) {
            throw new IllegalArgumentException(
                    "Metric '" + metric.name() + "' measures predicted values, and algorithm '"
                            + algorithm.name() + "' with " + (fixed.isEmpty() ? "any hyperparameters" : fixed)
                            + " only ranks; choose a metric such as ndcg@10");
        }
        return given; // predicted values rank as well
    }

    private static Task task(Algorithm algorithm, Map<String, String> given) {
        return algorithm.task(Hyperparameters.resolve(algorithm.hyperparameters(), given));
    }

    private static Map<String, String> with(Map<String, String> map, String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(map);
        more.put(name, value);
        return more;
    }

    /** Refuses a range that leaves what the algorithm accepts. */
    private static Dimension check(Algorithm algorithm, Dimension dimension) {
        Hyperparameter declaration = algorithm.hyperparameters().stream()
                .filter(candidate -> candidate.name().equals(dimension.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Algorithm '" + algorithm.name()
                        + "' names a range to search for '" + dimension.name() + "', which it does not declare"));
        for (double place : new double[] {0, 0.5, Math.nextDown(1.0)}) {
            declaration.violation(dimension.text(place)).ifPresent(problem -> {
                throw new IllegalArgumentException("Algorithm '" + algorithm.name() + "' names a range to search for '"
                        + dimension.name() + "' that it does not accept: " + problem);
            });
        }
        return dimension;
    }

    /** The trial that the others must beat: the defaults. */
    Map<String, String> defaults() {
        Map<String, String> set = new LinkedHashMap<>(given);
        dimensions.forEach(dimension -> set.put(dimension.name(), base.getOrDefault(dimension.name(), "")));
        return set;
    }

    /** The settings to be tried after the defaults, in their order: none twice, and none that is the defaults. */
    List<Map<String, String>> startingPoints() {
        Set<Map<String, String>> points = new LinkedHashSet<>();
        Map<String, String> defaults = defaults();
        for (Map<String, String> start : starts) {
            Map<String, String> set = new LinkedHashMap<>(defaults);
            set.putAll(start);
            points.add(set);
        }
        points.remove(defaults);
        return List.copyOf(points);
    }

    /** The values at a point of the unit cube. */
    Map<String, String> at(double[] point) {
        Map<String, String> set = new LinkedHashMap<>(given);
        for (int index = 0; index < point.length; index++) {
            Dimension dimension = dimensions.get(index);
            set.put(dimension.name(), dimension.text(point[index]));
        }
        return set;
    }

    /** The point of the unit cube where values lie. */
    double[] pointOf(Map<String, String> set) {
        return dimensions.stream()
                .mapToDouble(dimension -> dimension.place(set.getOrDefault(dimension.name(), "")))
                .toArray();
    }

    /** What is searched, for telling searches apart. */
    String text() {
        StringBuilder text = new StringBuilder();
        dimensions.forEach(dimension -> text.append(text.isEmpty() ? "" : "; ")
                .append(dimension.name())
                .append(" in ")
                .append(dimension.range()));
        starts.forEach(start -> text.append("; begins at ").append(start));
        return text.toString();
    }
}
