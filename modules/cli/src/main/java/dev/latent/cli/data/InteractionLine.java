package dev.latent.cli.data;

import com.google.protobuf.Timestamp;
import dev.latent.cli.session.CommandException;
import dev.latent.cli.session.ExitCode;
import dev.latent.v1.Interaction;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** One line {@code user,item[,value[,time[,type]]]}; a field in double quotes may hold commas. */
final class InteractionLine {

    private static final Pattern SECONDS = Pattern.compile("-?[0-9]{1,18}");

    private final String place;

    private InteractionLine(String place) {
        this.place = place;
    }

    /**
     * Reads a line.
     *
     * @param place where the line is, for the message
     * @param defaultType of a line without one
     * @throws CommandException naming place, column and what is accepted
     */
    static Interaction parse(String line, String place, String defaultType) {
        return new InteractionLine(place).parse(line, defaultType);
    }

    private Interaction parse(String line, String defaultType) {
        List<String> fields = split(line);
        if (fields.size() < 2 || fields.size() > 5) {
            throw bad("has " + fields.size() + " fields, expected user,item[,value[,time[,type]]]");
        }
        Interaction.Builder interaction =
                Interaction.newBuilder().setUserId(fields.get(0)).setItemId(fields.get(1));
        if (isGiven(fields, 2)) {
            interaction.setValue(value(fields.get(2)));
        }
        if (isGiven(fields, 3)) {
            interaction.setTime(Timestamp.newBuilder().setSeconds(seconds(fields.get(3))));
        }
        return interaction
                .setType(isGiven(fields, 4) ? fields.get(4) : defaultType)
                .build();
    }

    private static boolean isGiven(List<String> fields, int index) {
        return fields.size() > index && !fields.get(index).isEmpty();
    }

    private float value(String text) {
        try {
            float value = Float.parseFloat(text);
            if (Float.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw bad("column value: '" + text + "' is not a number, expected one such as 4.5");
        }
        throw bad("column value: '" + text + "' is not finite, expected a number such as 4.5");
    }

    private long seconds(String text) {
        if (SECONDS.matcher(text).matches()) {
            return Long.parseLong(text);
        }
        try {
            return Instant.parse(text).getEpochSecond();
        } catch (DateTimeException e) {
            throw bad("column time: '" + text + "' is neither seconds since 1970 nor like 2026-01-31T12:00:00Z");
        }
    }

    private List<String> split(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        if (quoted) {
            throw bad("has a double quote that is not closed");
        }
        fields.add(field.toString());
        return fields;
    }

    private CommandException bad(String problem) {
        return new CommandException(ExitCode.USAGE, place + " " + problem);
    }
}
