package dev.latent.spi;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The declaration of one hyperparameter: name, type, range, default, scale and meaning.
 *
 * <p>Values travel as text (requests, command line, manifest) and are parsed by the declaration alone.
 */
public sealed interface Hyperparameter {

    /**
     * Returns the name.
     *
     * @return {@code [a-z][a-z0-9_]*}
     */
    String name();

    /**
     * Returns what it does and when to change it.
     *
     * @return one or two sentences
     */
    String description();

    /**
     * Returns the value used when a run gives none.
     *
     * @return a text that {@link #violation} accepts
     */
    String defaultText();

    /**
     * Returns the accepted values, for a person.
     *
     * @return for example {@code integer from 1 to 4096}
     */
    String range();

    /**
     * Checks a value.
     *
     * @param text the value as given
     * @return what is wrong with it, or empty when it is accepted
     */
    Optional<String> violation(String text);

    /**
     * A whole number.
     *
     * @param name see {@link Hyperparameter#name()}
     * @param description see {@link Hyperparameter#description()}
     * @param defaultValue within the range
     * @param minimum smallest accepted value
     * @param maximum largest accepted value
     * @param scale how a tuner spreads proposals; {@link Scale#LOG} needs {@code minimum} above 0
     */
    record OfInteger(String name, String description, long defaultValue, long minimum, long maximum, Scale scale)
            implements Hyperparameter {

        /** Checks name, range, default and scale. */
        public OfInteger {
            Declarations.checkNames(name, description);
            Declarations.check(minimum <= defaultValue && defaultValue <= maximum, name, "default outside its range");
            Declarations.check(scale == Scale.LINEAR || minimum > 0, name, "a log scale needs a minimum above 0");
        }

        @Override
        public String defaultText() {
            return Long.toString(defaultValue);
        }

        @Override
        public String range() {
            return "integer from " + minimum + " to " + maximum;
        }

        @Override
        public Optional<String> violation(String text) {
            try {
                long value = Long.parseLong(text);
                return value >= minimum && value <= maximum ? Optional.empty() : Declarations.outside(this, text);
            } catch (NumberFormatException e) {
                return Declarations.outside(this, text);
            }
        }
    }

    /**
     * A real number.
     *
     * @param name see {@link Hyperparameter#name()}
     * @param description see {@link Hyperparameter#description()}
     * @param defaultValue within the range
     * @param minimum smallest accepted value, finite
     * @param maximum largest accepted value, finite
     * @param scale how a tuner spreads proposals; {@link Scale#LOG} is taken above 0 only
     */
    record OfReal(String name, String description, double defaultValue, double minimum, double maximum, Scale scale)
            implements Hyperparameter {

        /** Checks name, range and default. */
        public OfReal {
            Declarations.checkNames(name, description);
            Declarations.check(Double.isFinite(minimum) && Double.isFinite(maximum), name, "range must be finite");
            Declarations.check(minimum <= defaultValue && defaultValue <= maximum, name, "default outside its range");
            Declarations.check(scale == Scale.LINEAR || maximum > 0, name, "a log scale needs values above 0");
        }

        @Override
        public String defaultText() {
            return Double.toString(defaultValue);
        }

        @Override
        public String range() {
            return "number from " + minimum + " to " + maximum;
        }

        @Override
        public Optional<String> violation(String text) {
            double value = Declarations.NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
            return value >= minimum && value <= maximum ? Optional.empty() : Declarations.outside(this, text);
        }
    }

    /**
     * One of a few words.
     *
     * @param name see {@link Hyperparameter#name()}
     * @param description see {@link Hyperparameter#description()}
     * @param defaultValue one of the choices
     * @param choices at least one, distinct
     */
    record OfChoice(String name, String description, String defaultValue, List<String> choices)
            implements Hyperparameter {

        /** Copies the choices and checks name and default. */
        public OfChoice {
            Declarations.checkNames(name, description);
            choices = List.copyOf(choices);
            Declarations.check(choices.stream().distinct().count() == choices.size(), name, "a choice occurs twice");
            Declarations.check(choices.contains(defaultValue), name, "default is not one of the choices");
        }

        @Override
        public String defaultText() {
            return defaultValue;
        }

        @Override
        public String range() {
            return "one of " + String.join(", ", choices);
        }

        @Override
        public Optional<String> violation(String text) {
            return choices.contains(text) ? Optional.empty() : Declarations.outside(this, text);
        }
    }

    /**
     * Yes or no, written {@code true} or {@code false}.
     *
     * @param name see {@link Hyperparameter#name()}
     * @param description see {@link Hyperparameter#description()}
     * @param defaultValue used when a run gives none
     */
    record OfFlag(String name, String description, boolean defaultValue) implements Hyperparameter {

        /** Checks the name. */
        public OfFlag {
            Declarations.checkNames(name, description);
        }

        @Override
        public String defaultText() {
            return Boolean.toString(defaultValue);
        }

        @Override
        public String range() {
            return "true or false";
        }

        @Override
        public Optional<String> violation(String text) {
            return text.equals("true") || text.equals("false") ? Optional.empty() : Declarations.outside(this, text);
        }
    }

    /** Checks that declarations share. */
    final class Declarations {
        /** Decimal notation; what Java adds to it (suffixes, hexadecimal, spaces) is no number of a request. */
        private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

        private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

        private Declarations() {}

        private static void checkNames(String name, String description) {
            check(NAME.matcher(name).matches(), name, "name must match " + NAME);
            check(!description.isBlank(), name, "description is blank");
        }

        private static void check(boolean holds, String name, String problem) {
            if (!holds) {
                throw new IllegalArgumentException("Hyperparameter '" + name + "': " + problem);
            }
        }

        private static Optional<String> outside(Hyperparameter declaration, String text) {
            return Optional.of("'" + text + "' is not " + article(declaration.range()) + declaration.range());
        }

        private static String article(String range) {
            return range.startsWith("integer") ? "an " : range.startsWith("number") ? "a " : "";
        }
    }
}
