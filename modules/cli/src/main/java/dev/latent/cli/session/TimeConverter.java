package dev.latent.cli.session;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a span of time, such as {@code 500ms}, {@code 10s} or {@code 5m}. */
public final class TimeConverter implements ITypeConverter<Duration> {

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})(ms|s|m|h|)");

    /** Makes a converter. */
    public TimeConverter() {}

    @Override
    public Duration convert(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new TypeConversionException(
                    "'" + text + "' is not a time above zero, expected one such as 500ms, 10s or 5m");
        }
        long number = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofSeconds(number);
        };
    }
}
