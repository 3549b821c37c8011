package dev.latent.training.tuning;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** A chart of trials as lines through one axis a hyperparameter, the last axis being the metric. */
final class ParallelCoordinates {

    private static final int WIDTH = 940;
    private static final int HEIGHT = 330;
    private static final int TOP = 40;
    private static final int BOTTOM = 22;
    private static final int SIDE = 80;
    private static final int FEW_VALUES = 6;

    private final TuningResult result;
    private final TrialStyles styles;
    private final List<Track> tracks = new ArrayList<>();

    /** One axis: numbers where all values are, otherwise words. */
    private record Track(String name, Axis axis, List<String> words) {

        double place(String text) {
            return words.isEmpty() ? axis.place(Double.parseDouble(text)) : (words.indexOf(text) + 0.5) / words.size();
        }
    }

    ParallelCoordinates(TuningResult result, TrialStyles styles) {
        this.result = result;
        this.styles = styles;
        TreeSet<String> varied = new TreeSet<>();
        for (String name : result.trials().getFirst().set().keySet()) {
            if (values(name).stream().distinct().count() > 1 && varied.add(name)) {
                tracks.add(track(name));
            }
        }
        double[] metrics = result.trials().stream()
                .flatMapToDouble(trial -> trial.metric().stream())
                .toArray();
        tracks.add(new Track(result.metric().name(), linear(Axis.of(metrics)), List.of()));
    }

    private static Axis linear(Axis axis) {
        return new Axis(axis.low(), axis.high(), false);
    }

    private List<String> values(String name) {
        return result.trials().stream()
                .map(trial -> trial.set().getOrDefault(name, ""))
                .toList();
    }

    private Track track(String name) {
        List<String> values = values(name);
        if (values.stream().allMatch(value -> value.matches("-?[0-9.]+([eE]-?[0-9]+)?"))) {
            double[] numbers = values.stream().mapToDouble(Double::parseDouble).toArray();
            double[] positive =
                    java.util.Arrays.stream(numbers).filter(value -> value > 0).toArray();
            Axis axis = Axis.of(positive);
            boolean ratios = positive.length >= numbers.length - 1 && axis.high() / axis.low() > 7;
            return new Track(
                    name, ratios ? new Axis(axis.low(), axis.high(), true) : linear(Axis.of(numbers)), List.of());
        }
        return new Track(
                name, new Axis(0, 1, false), values.stream().distinct().sorted().toList());
    }

    String draw() {
        StringBuilder svg = new StringBuilder(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Hyperparameters and %s of each trial, one line a trial\">"
                        .formatted(WIDTH, HEIGHT, Markup.escape(result.metric().name())));
        for (Trial trial : styles.inOrder(result.trials())) {
            line(svg, trial);
        }
        for (int index = 0; index < tracks.size(); index++) {
            axis(svg, index);
        }
        return svg.append("</svg>\n").toString();
    }

    private double x(int track) {
        return SIDE + (tracks.size() == 1 ? 0 : (double) track * (WIDTH - 2 * SIDE) / (tracks.size() - 1));
    }

    private static double y(double place) {
        return HEIGHT - BOTTOM - place * (HEIGHT - TOP - BOTTOM);
    }

    private void axis(StringBuilder svg, int index) {
        Track track = tracks.get(index);
        String x = Markup.at(x(index));
        svg.append(
                "<line class=\"axis\" x1=\"%s\" x2=\"%s\" y1=\"%d\" y2=\"%d\"/>".formatted(x, x, TOP, HEIGHT - BOTTOM));
        svg.append("<text class=\"name\" text-anchor=\"middle\" x=\"%s\" y=\"16\">%s</text>"
                .formatted(x, Markup.escape(track.name())));
        if (track.words().isEmpty()) {
            tick(svg, index, track.axis().low(), "");
            marks(track).stream()
                    .filter(value -> isApart(track.axis().place(value)))
                    .forEach(value -> tick(svg, index, value, ""));
            tick(svg, index, track.axis().high(), track.axis().log() ? " (log)" : "");
        } else {
            track.words().forEach(word -> label(svg, index, track.place(word), word));
        }
    }

    /** The values themselves where there are few, otherwise round numbers. */
    private List<Double> marks(Track track) {
        List<Double> values = values(track.name()).stream()
                .filter(value -> !value.isEmpty())
                .distinct()
                .map(Double::valueOf)
                .toList();
        return values.isEmpty() || values.size() > FEW_VALUES ? track.axis().ticks() : values;
    }

    /** Whether a tick would not touch those of the ends. */
    private static boolean isApart(double place) {
        return place > 0.06 && place < 0.94;
    }

    private void tick(StringBuilder svg, int index, double value, String remark) {
        label(svg, index, tracks.get(index).axis().place(value), Markup.number(value) + remark);
    }

    private void label(StringBuilder svg, int index, double place, String text) {
        svg.append("<text class=\"tick halo\" dy=\"0.32em\" x=\"%s\" y=\"%s\">%s</text>"
                .formatted(Markup.at(x(index) + 5), Markup.at(y(place)), Markup.escape(text)));
    }

    private void line(StringBuilder svg, Trial trial) {
        StringBuilder points = new StringBuilder();
        for (int index = 0; index < tracks.size() - 1; index++) {
            String text = trial.set().getOrDefault(tracks.get(index).name(), "");
            point(points, index, tracks.get(index).place(text));
        }
        trial.metric()
                .ifPresent(value ->
                        point(points, tracks.size() - 1, tracks.getLast().axis().place(value)));
        svg.append("<g class=\"%s\">%s<polyline points=\"%s\"/></g>"
                .formatted(
                        styles.cssClass(trial),
                        TrialStyles.title(trial, result.metric()),
                        points.toString().strip()));
    }

    private void point(StringBuilder points, int track, double place) {
        points.append(Markup.at(x(track)))
                .append(',')
                .append(Markup.at(y(place)))
                .append(' ');
    }
}
