package dev.latent.server.config;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of time, written as {@code 500ms}, {@code 30s}, {@code 15m}, {@code 2h} or {@code 7d}.
 *
 * @param duration at least 0
 */
public record TimeSpan(Duration duration) {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    /**
     * Reads a length of time.
     *
     * @throws IllegalArgumentException when it has another form
     */
    public static TimeSpan of(String text) {
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("is '" + text + "', expected a time such as 500ms, 30s, 15m, 2h or 7d");
        }
        long amount = Long.parseLong(matcher.group(1));
        return new TimeSpan(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    default -> Duration.ofDays(amount);
                });
    }
}
