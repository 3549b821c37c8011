package dev.latent.training.tuning;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How trials are drawn: a shade by the rank of the metric among all trials, the best one in another colour, thicker and on
 * top, those ended early dashed.
 */
final class TrialStyles {

    private static final int SHADES = 6;

    private final Map<Integer, Integer> shades = new HashMap<>();
    private final Trial best;

    TrialStyles(TuningResult result) {
        best = result.best();
        List<Trial> ranked = result.trials().stream()
                .filter(trial -> trial.metric().isPresent())
                .sorted(Comparator.comparingDouble((Trial trial) ->
                                result.metric().cost(trial.metric().orElseThrow()))
                        .reversed())
                .toList();
        for (int rank = 0; rank < ranked.size(); rank++) {
            shades.put(ranked.get(rank).number(), rank * SHADES / ranked.size());
        }
    }

    boolean isBest(Trial trial) {
        return trial.number() == best.number();
    }

    String cssClass(Trial trial) {
        if (isBest(trial)) {
            return "line best";
        }
        String shade = "line s" + shades.getOrDefault(trial.number(), 0);
        return switch (trial.state()) {
            case COMPLETE -> shade;
            case PRUNED -> shade + " pruned";
            case FAILED -> "line failed";
        };
    }

    /** Trials in the order to draw them: the better, the later. */
    List<Trial> inOrder(List<Trial> trials) {
        return trials.stream()
                .sorted(Comparator.comparing(this::isBest)
                        .thenComparing(trial -> shades.getOrDefault(trial.number(), -1)))
                .toList();
    }

    /** What a pointer that rests on a trial's line is told. */
    static String title(Trial trial, TuningMetric metric) {
        StringBuilder title = new StringBuilder(
                "Trial " + trial.number() + ", " + trial.state().name().toLowerCase(java.util.Locale.ROOT));
        trial.metric()
                .ifPresent(value ->
                        title.append(", ").append(metric.name()).append(' ').append(Markup.number(value)));
        trial.set()
                .forEach((name, value) ->
                        title.append("\n").append(name).append(" = ").append(value));
        return "<title>" + Markup.escape(title.toString()) + "</title>";
    }
}
