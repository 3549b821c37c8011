package dev.latent.interactions;

/**
 * One thing a user did with an item.
 *
 * @param userId 1 to 512 bytes of UTF-8, without control characters and lone surrogates; otherwise opaque
 * @param itemId the same
 * @param value finite: the rating, the number of plays, 1 for a view
 * @param time seconds since 1970 UTC, 0 when not known; at most the end of the year 9999
 * @param type {@code [a-z][a-z0-9_-]{0,31}}: {@code rating}, {@code view}, {@code purchase}, …
 */
public record Interaction(String userId, String itemId, float value, long time, String type) {

    /** The last second of the year 9999: milliseconds given for seconds are beyond it. */
    public static final long MAX_TIME = 253_402_300_799L;

    /**
     * Checks every field.
     *
     * @throws InvalidValueException names the first field that is refused
     */
    public Interaction {
        Names.checkId("user_id", userId);
        Names.checkId("item_id", itemId);
        checkValue(value);
        checkTime(time);
        Names.checkType("type", type);
    }

    static void checkValue(float value) {
        if (!Float.isFinite(value)) {
            throw new InvalidValueException("value", "is " + value + ", must be a finite number");
        }
    }

    static void checkTime(long time) {
        if (time < 0 || time > MAX_TIME) {
            throw new InvalidValueException(
                    "time",
                    "is " + time + ", must be 0 (not known) to " + MAX_TIME
                            + " seconds since 1970 UTC (were milliseconds given?)");
        }
    }
}
