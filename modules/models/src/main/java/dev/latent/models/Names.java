package dev.latent.models;

import java.util.regex.Pattern;

/** The rules of names: each becomes part of a path, so only harmless ones pass. */
final class Names {

    private static final String NAME_RULE =
            "a lower-case letter followed by up to 62 lower-case letters, digits and hyphens";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,8}");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cs}]");
    private static final int SHOWN = 80;

    private Names() {}

    static void checkModel(String name) {
        check("model name", name);
    }

    static void checkAlias(String name) {
        check("alias", name);
    }

    static void check(String field, String name) {
        if (!isName(name)) {
            throw new InvalidNameException(field, shown(name), NAME_RULE);
        }
    }

    static void checkText(String field, String text, int minimum, int maximum) {
        if (text.length() < minimum
                || text.length() > maximum
                || CONTROL.matcher(text).find()) {
            throw new InvalidNameException(
                    field, shown(text), minimum + " to " + maximum + " characters, none of them a control character");
        }
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** Tells whether a directory's name is a version's number: no sign, blank, leading zero or exponent. */
    static boolean isVersion(String name) {
        return VERSION.matcher(name).matches();
    }

    private static String shown(String text) {
        String clean = CONTROL.matcher(text).replaceAll("\uFFFD");
        return clean.length() <= SHOWN ? clean : clean.substring(0, SHOWN) + "…";
    }
}
