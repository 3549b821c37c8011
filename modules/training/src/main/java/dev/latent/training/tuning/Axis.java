package dev.latent.training.tuning;

import java.util.ArrayList;
import java.util.List;

/** Numbers along a line of a chart, on a scale of equal differences or of equal ratios. */
record Axis(double low, double high, boolean log) {

    private static final double LOG_FROM = 50;
    private static final int TICKS = 5;
    private static final double[] STEPS = {1, 2, 5, 10};
    private static final int MOST_DECADES = 6;

    /** Holds all given values; logarithmic when they are above 0 and span magnitudes. */
    static Axis of(double... values) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            if (Double.isFinite(value)) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        if (low > high) {
            return new Axis(0, 1, false);
        }
        if (low == high) {
            double margin = low == 0 ? 1 : Math.abs(low) * 0.1;
            return new Axis(low - margin, high + margin, false);
        }
        return new Axis(low, high, low > 0 && high / low > LOG_FROM);
    }

    /** Where a value lies, 0 at the low end and 1 at the high one. */
    double place(double value) {
        double place = log
                ? (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low))
                : (value - low) / (high - low);
        return Math.clamp(place, 0.0, 1.0);
    }

    /** Round numbers within the axis. */
    List<Double> ticks() {
        return log ? decades() : steps();
    }

    private List<Double> steps() {
        double rough = (high - low) / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = STEPS[STEPS.length - 1] * power;
        for (int index = STEPS.length - 1; index >= 0; index--) {
            step = STEPS[index] * power >= rough ? STEPS[index] * power : step;
        }
        List<Double> ticks = new ArrayList<>();
        for (long n = (long) Math.ceil(low / step); n * step <= high; n++) {
            ticks.add(n * step);
        }
        return ticks;
    }

    private List<Double> decades() {
        int first = (int) Math.ceil(Math.log10(low));
        int last = (int) Math.floor(Math.log10(high));
        List<Double> ticks = new ArrayList<>();
        int stride = Math.max(1, (last - first + MOST_DECADES) / MOST_DECADES);
        for (int power = first; power <= last; power += stride) {
            ticks.add(Math.pow(10, power));
        }
        return ticks.size() > 1 ? ticks : List.of(low, high);
    }
}
