package dev.latent.interactions;

/** Reads decimal numbers strictly: no NaN, no infinity, no hexadecimal, no type suffix, nothing beyond float32. */
final class Numbers {

    private Numbers() {}

    static float value(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                throw notNumber(text);
            }
        }
        float value;
        try {
            value = Float.parseFloat(text);
        } catch (NumberFormatException exception) {
            throw notNumber(text);
        }
        if (Float.isInfinite(value)) {
            throw new InvalidValueException("value", "'" + Names.shown(text) + "' is beyond " + Float.MAX_VALUE);
        }
        return value;
    }

    private static InvalidValueException notNumber(String text) {
        return new InvalidValueException("value", "'" + Names.shown(text) + "' is not a finite decimal number");
    }

    static long time(String text) {
        long time;
        try {
            time = Long.parseLong(text);
        } catch (NumberFormatException exception) {
            throw new InvalidValueException("time", "'" + Names.shown(text) + "' is not a whole number of seconds");
        }
        Interaction.checkTime(time);
        return time;
    }
}
