package dev.latent.cli.terminal;

import com.google.protobuf.ProtocolMessageEnum;
import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Values as people read them. */
public final class Words {

    private static final double KIB = 1024;

    private Words() {}

    /**
     * Names a state without the prefix that its type gives it.
     *
     * @param value such as {@code STATE_READY}
     * @param prefix such as {@code STATE_}
     * @return such as {@code READY}
     */
    public static String state(ProtocolMessageEnum value, String prefix) {
        String name = value.toString();
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }

    /**
     * Writes a moment.
     *
     * @param time may be unset
     * @return ISO 8601 in UTC to the second; empty when unset
     */
    public static String time(Timestamp time) {
        return time.equals(Timestamp.getDefaultInstance())
                ? ""
                : instant(time).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /**
     * Converts a moment.
     *
     * @param time set
     * @return the same
     */
    public static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    /**
     * Writes how long ago a moment was.
     *
     * @param time may be unset
     * @param now today
     * @return such as {@code 3m}; empty when unset
     */
    public static String age(Timestamp time, Instant now) {
        return time.equals(Timestamp.getDefaultInstance()) ? "" : span(Duration.between(instant(time), now));
    }

    /**
     * Writes a span of time in its largest unit.
     *
     * @param span negative ones count as none
     * @return such as {@code 50ms}, {@code 42s}, {@code 3m}, {@code 5h} or {@code 12d}
     */
    public static String span(Duration span) {
        long seconds = Math.max(0, span.toSeconds());
        if (seconds == 0 && span.toMillis() > 0) {
            return span.toMillis() + "ms";
        }
        if (seconds < 120) {
            return seconds + "s";
        }
        if (seconds < 7200) {
            return seconds / 60 + "m";
        }
        return seconds < 172_800 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
    }

    /**
     * Writes a count with separators.
     *
     * @param count any
     * @return such as {@code 100,836}
     */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /**
     * Writes a size.
     *
     * @param bytes any
     * @return such as {@code 3.4 MiB}
     */
    public static String size(long bytes) {
        if (bytes < KIB) {
            return bytes + " B";
        }
        int power = (int) (Math.log((double) bytes) / Math.log(KIB));
        return String.format(Locale.ROOT, "%.1f %ciB", bytes / Math.pow(KIB, power), "KMGTPE".charAt(power - 1));
    }

    /**
     * Writes a measure or a loss.
     *
     * @param value any
     * @return four significant figures
     */
    public static String number(double value) {
        double magnitude = Math.abs(value);
        if (value == 0 || (magnitude >= 0.001 && magnitude < 1000)) {
            return String.format(Locale.ROOT, magnitude < 10 ? "%.4f" : "%.2f", value);
        }
        return magnitude >= 1000 && magnitude < 1e9
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.3e", value);
    }

    /**
     * Writes names with their values.
     *
     * @param values by name
     * @return such as {@code a=1, b=2}, by name
     */
    public static String pairs(Map<String, ?> values) {
        return values.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
