package dev.latent.training.tuning;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** A chart of a number after each sweep, one line a trial. */
final class SweepChart {

    private static final int LEFT = 62;
    private static final int TOP = 10;
    private static final int BOTTOM = 34;
    private static final int RIGHT = 14;

    private final TuningResult result;
    private final TrialStyles styles;
    private final int width;
    private final int height;

    SweepChart(TuningResult result, TrialStyles styles, int width, int height) {
        this.result = result;
        this.styles = styles;
        this.width = width;
        this.height = height;
    }

    /** Draws a number of the sweeps; NaN where a sweep does not have it. */
    String draw(String what, ToDoubleFunction<TrialSweep> number) {
        List<TrialSweep> all = result.trials().stream()
                .flatMap(trial -> trial.sweeps().stream())
                .toList();
        int last = all.stream().mapToInt(TrialSweep::number).max().orElse(1);
        Axis across = new Axis(Math.min(1, last - 1), last, false);
        Axis up = Axis.of(all.stream().mapToDouble(number).toArray());
        StringBuilder svg = new StringBuilder();
        svg.append("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s after each sweep, one line a trial\">"
                .formatted(width, height, Markup.escape(what)));
        grid(svg, across, up, what);
        for (Trial trial : styles.inOrder(result.trials())) {
            line(svg, trial, across, up, number);
        }
        return svg.append("</svg>\n").toString();
    }

    private double x(Axis axis, double value) {
        return LEFT + axis.place(value) * (width - LEFT - RIGHT);
    }

    private double y(Axis axis, double value) {
        return height - BOTTOM - axis.place(value) * (height - TOP - BOTTOM);
    }

    private void grid(StringBuilder svg, Axis across, Axis up, String what) {
        for (double tick : up.ticks()) {
            String at = Markup.at(y(up, tick));
            svg.append("<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%s\" y2=\"%s\"/>"
                    .formatted(LEFT, width - RIGHT, at, at));
            svg.append("<text class=\"tick\" text-anchor=\"end\" dy=\"0.32em\" x=\"%d\" y=\"%s\">%s</text>"
                    .formatted(LEFT - 6, at, Markup.number(tick)));
        }
        for (double tick : across.ticks()) {
            if (tick == Math.rint(tick)) {
                svg.append("<text class=\"tick\" text-anchor=\"middle\" x=\"%s\" y=\"%d\">%s</text>"
                        .formatted(Markup.at(x(across, tick)), height - BOTTOM + 15, Markup.number(tick)));
            }
        }
        svg.append("<text class=\"label\" text-anchor=\"end\" x=\"%d\" y=\"%d\">sweep</text>"
                .formatted(width - RIGHT, height - 4));
        svg.append("<text class=\"label\" x=\"%d\" y=\"%d\">%s%s</text>"
                .formatted(LEFT, height - 4, Markup.escape(what), up.log() ? " (log)" : ""));
    }

    private void line(StringBuilder svg, Trial trial, Axis across, Axis up, ToDoubleFunction<TrialSweep> number) {
        StringBuilder points = new StringBuilder();
        TrialSweep end = null;
        for (TrialSweep sweep : trial.sweeps()) {
            double value = number.applyAsDouble(sweep);
            if (Double.isFinite(value)) {
                points.append(Markup.at(x(across, sweep.number())))
                        .append(',')
                        .append(Markup.at(y(up, value)))
                        .append(' ');
                end = sweep;
            }
        }
        if (end == null) {
            return;
        }
        svg.append("<g class=\"%s\">%s<polyline points=\"%s\"/>"
                .formatted(
                        styles.cssClass(trial),
                        TrialStyles.title(trial, result.metric()),
                        points.toString().strip()));
        svg.append("<circle r=\"%s\" cx=\"%s\" cy=\"%s\"/></g>"
                .formatted(
                        styles.isBest(trial) ? "4" : "2",
                        Markup.at(x(across, end.number())),
                        Markup.at(y(up, number.applyAsDouble(end)))));
    }
}
