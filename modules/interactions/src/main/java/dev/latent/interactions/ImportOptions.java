package dev.latent.interactions;

/**
 * How a file is imported.
 *
 * @param type of interactions whose file has no type column
 * @param defaultValue of interactions without a value
 * @param skipBadLines whether the good lines of a file with bad ones are imported; otherwise it is refused whole
 * @param maxProblems how many problems are reported one by one (all are counted), 1 to 10,000
 * @param limits what a file may cost
 */
public record ImportOptions(
        String type, float defaultValue, boolean skipBadLines, int maxProblems, ImportLimits limits) {

    /**
     * Checks every field.
     *
     * @throws InvalidValueException names the first field that is refused
     */
    public ImportOptions {
        Names.checkType("type", type);
        Interaction.checkValue(defaultValue);
        if (maxProblems < 1 || maxProblems > 10_000) {
            throw new InvalidValueException("max_problems", "is " + maxProblems + ", must be 1 to 10000");
        }
    }

    /**
     * Type {@code rating}, value 1, bad lines refuse the file, 100 problems.
     *
     * @return the options
     */
    public static ImportOptions defaults() {
        return new ImportOptions("rating", 1f, false, 100, ImportLimits.defaults());
    }

    /**
     * The same with another type.
     *
     * @param newType see {@link ImportOptions}
     * @return a copy
     */
    public ImportOptions withType(String newType) {
        return new ImportOptions(newType, defaultValue, skipBadLines, maxProblems, limits);
    }

    /**
     * The same with another rule for bad lines.
     *
     * @param skip see {@link ImportOptions}
     * @return a copy
     */
    public ImportOptions withSkipBadLines(boolean skip) {
        return new ImportOptions(type, defaultValue, skip, maxProblems, limits);
    }

    /**
     * The same with other limits.
     *
     * @param newLimits see {@link ImportOptions}
     * @return a copy
     */
    public ImportOptions withLimits(ImportLimits newLimits) {
        return new ImportOptions(type, defaultValue, skipBadLines, maxProblems, newLimits);
    }
}
