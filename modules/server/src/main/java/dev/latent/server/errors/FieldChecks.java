package dev.latent.server.errors;

import com.google.rpc.BadRequest.FieldViolation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Collects what is wrong with the fields of one request, so that all of it is told at once. For one thread.
 */
public final class FieldChecks {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final int MAX_ID_BYTES = 512;
    private static final int SHOWN = 80;

    private final List<FieldViolation> violations = new ArrayList<>();

    /** Requires a condition. */
    public FieldChecks require(boolean holds, String field, String problem) {
        if (!holds) {
            violations.add(FieldViolation.newBuilder()
                    .setField(field)
                    .setDescription(problem)
                    .build());
        }
        return this;
    }

    /** Requires the name of a dataset, model or alias. */
    public FieldChecks name(String field, String value) {
        return require(
                NAME.matcher(value).matches(), field, "is '" + shown(value) + "', expected a name of the form " + NAME);
    }

    /** Requires the id of a user or an item. */
    public FieldChecks id(String field, String value) {
        if (value.isEmpty()) {
            return require(false, field, "is empty, expected 1 to " + MAX_ID_BYTES + " bytes");
        }
        boolean fits = value.length() <= MAX_ID_BYTES
                && (value.length() <= MAX_ID_BYTES / 3
                        || value.getBytes(StandardCharsets.UTF_8).length <= MAX_ID_BYTES);
        require(fits, field, "is longer than " + MAX_ID_BYTES + " bytes");
        return require(
                value.chars().noneMatch(Character::isISOControl), field, "has a control character, expected none");
    }

    /** Requires at most so many entries. */
    public FieldChecks atMost(String field, int count, int most) {
        return require(count <= most, field, "has " + count + " entries, expected at most " + most);
    }

    /** Requires a number that is not negative. */
    public FieldChecks notNegative(String field, long value) {
        return require(value >= 0, field, "is " + value + ", expected 0 or more");
    }

    /**
     * Ends the checks.
     *
     * @throws ApiException naming every field at fault
     */
    public void check() {
        if (!violations.isEmpty()) {
            throw ApiException.invalid(violations);
        }
    }

    private static String shown(String value) {
        String visible = value.replaceAll("\\p{Cntrl}", "?");
        return visible.length() <= SHOWN ? visible : visible.substring(0, SHOWN) + "…";
    }
}
