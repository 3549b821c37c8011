package dev.latent.training.tuning;

import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Scale;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.IntStream;

/** One searched hyperparameter as the interval [0, 1]: where a text lies in it, and which text lies at a place. */
sealed interface Dimension {

    /** Returns the name of the hyperparameter. */
    String name();

    /** Returns where a value lies; values outside the searched range lie where the range's default does. */
    double place(String text);

    /** Returns the value at a place of [0, 1). */
    String text(double place);

    /** Returns whether near places mean alike values. */
    boolean isOrdered();

    /** Returns how many values there are, 0 when beyond counting. */
    int size();

    /** Returns what is searched, for a person and for telling searches apart. */
    String range();

    /** Makes the dimension of a range that an algorithm names. */
    static Dimension of(Hyperparameter range) {
        return switch (range) {
            case Hyperparameter.OfReal real -> Interval.of(real);
            case Hyperparameter.OfInteger integer -> Interval.of(integer);
            case Hyperparameter.OfChoice choice -> new Words(choice.name(), choice.choices(), choice.defaultValue());
            case Hyperparameter.OfFlag flag -> new Words(flag.name(), List.of("false", "true"), flag.defaultText());
        };
    }

    /** Numbers of an interval; a log scale is one of the logarithms. */
    record Interval(String name, double low, double high, Scale scale, boolean whole, double standIn)
            implements Dimension {

        /** A log scale that begins at 0 is searched over this many parts of its end. */
        private static final double SMALLEST_PART = 1e-6;

        private static final MathContext DIGITS = new MathContext(3);
        private static final int COUNTED = 1000;

        static Interval of(Hyperparameter.OfReal real) {
            double low =
                    real.scale() == Scale.LOG && real.minimum() <= 0 ? real.maximum() * SMALLEST_PART : real.minimum();
            double standIn = Math.clamp(real.defaultValue(), low, real.maximum());
            return new Interval(real.name(), low, real.maximum(), real.scale(), false, standIn);
        }

        static Interval of(Hyperparameter.OfInteger integer) {
            return new Interval(
                    integer.name(),
                    integer.minimum(),
                    integer.maximum(),
                    integer.scale(),
                    true,
                    integer.defaultValue());
        }

        @Override
        public double place(String text) {
            double value = Double.parseDouble(text);
            double inside = value >= low && value <= high ? value : standIn;
            return high == low ? 0 : (scaled(inside) - scaled(low)) / (scaled(high) - scaled(low));
        }

        private double scaled(double value) {
            return scale == Scale.LOG ? StrictMath.log(value) : value;
        }

        @Override
        public String text(double place) {
            double at = scaled(low) + place * (scaled(high) - scaled(low));
            double value = Math.clamp(scale == Scale.LOG ? StrictMath.exp(at) : at, low, high);
            if (whole) {
                return Long.toString(Math.round(value));
            }
            double rounded = new BigDecimal(value).round(DIGITS).doubleValue();
            return new BigDecimal(Double.toString(Math.clamp(rounded, low, high)))
                    .stripTrailingZeros()
                    .toPlainString();
        }

        @Override
        public boolean isOrdered() {
            return true;
        }

        @Override
        public int size() {
            return high == low ? 1 : whole && high - low < COUNTED ? (int) (high - low) + 1 : 0;
        }

        @Override
        public String range() {
            return (whole ? (long) low + " to " + (long) high : low + " to " + high)
                    + (scale == Scale.LOG ? " (log)" : "");
        }
    }

    /** A few values; in order when all are numbers that ascend. */
    record Words(String name, List<String> values, String standIn) implements Dimension {

        /** Copies the values. */
        public Words {
            values = List.copyOf(values);
        }

        @Override
        public double place(String text) {
            int index = values.indexOf(text);
            return ((index < 0 ? values.indexOf(standIn) : index) + 0.5) / values.size();
        }

        @Override
        public String text(double place) {
            return values.get(Math.clamp((int) (place * values.size()), 0, values.size() - 1));
        }

        @Override
        public boolean isOrdered() {
            double[] numbers = values.stream()
                    .mapToDouble(value -> value.matches("[0-9.]+") ? Double.parseDouble(value) : Double.NaN)
                    .toArray();
            return IntStream.range(1, numbers.length).allMatch(index -> numbers[index - 1] < numbers[index]);
        }

        @Override
        public int size() {
            return values.size();
        }

        @Override
        public String range() {
            return String.join(", ", values);
        }
    }
}
