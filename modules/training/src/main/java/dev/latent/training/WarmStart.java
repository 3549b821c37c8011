package dev.latent.training;

/**
 * From which version a run starts.
 *
 * @param models root of the store of models
 * @param model name
 * @param version number
 */
record WarmStart(String models, String model, int version) {

    /** For example {@code movies@7}. */
    String name() {
        return model + "@" + version;
    }
}
