package dev.latent.server.models;

import dev.latent.models.Alias;
import dev.latent.models.ModelStore;
import dev.latent.server.errors.ApiException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a version is called: model and number, {@code movies@7}, or model and alias, {@code movies@live}.
 *
 * @param model name of the model
 * @param pointer a number or an alias
 */
record VersionName(String model, String pointer) {

    private static final Pattern FORM =
            Pattern.compile("([a-z][a-z0-9-]{0,62})@([a-z][a-z0-9-]{0,62}|[1-9][0-9]{0,8})");

    static VersionName parse(String name) {
        Matcher matcher = FORM.matcher(name);
        if (!matcher.matches()) {
            throw ApiException.invalid("name", "is not the name of a version, expected MODEL@NUMBER such as movies@7");
        }
        return new VersionName(matcher.group(1), matcher.group(2));
    }

    boolean isNumber() {
        return Character.isDigit(pointer.charAt(0));
    }

    /** The number, or that of the version that the alias points to. */
    int resolve(ModelStore models) {
        if (isNumber()) {
            return number();
        }
        models.get(model);
        return models.findAlias(model, pointer)
                .map(Alias::version)
                .orElseThrow(
                        () -> ApiException.notFound("alias", model + "@" + pointer, "promote a version to it first"));
    }

    /** The number; only a name with a number is accepted. */
    int number() {
        if (!isNumber()) {
            throw ApiException.invalid(
                    "name", "names the alias '" + pointer + "', expected a number, such as " + model + "@7");
        }
        return Integer.parseInt(pointer);
    }
}
