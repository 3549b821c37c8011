package dev.latent.models;

/**
 * Damage that a check found.
 *
 * @param model whose; empty for the store itself
 * @param version which; 0 for a file of the model itself
 * @param file relative to the model
 * @param problem what is wrong: actual and expected
 */
public record VerifyProblem(String model, int version, String file, String problem) {

    /**
     * Shows this problem on one line.
     *
     * @return for a person
     */
    public String describe() {
        String where = version == 0 ? model : Manifest.id(model, version);
        return where + " " + file + ": " + problem;
    }
}
