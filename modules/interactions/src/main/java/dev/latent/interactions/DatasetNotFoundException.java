package dev.latent.interactions;

/** There is no dataset of that name. */
public final class DatasetNotFoundException extends InteractionsException {

    private static final long serialVersionUID = 1;

    private final String dataset;

    DatasetNotFoundException(String dataset) {
        super("Dataset '" + Names.shown(dataset) + "' does not exist; list the datasets or create it first");
        this.dataset = dataset;
    }

    /**
     * Returns the name that was asked for.
     *
     * @return as given
     */
    public String dataset() {
        return dataset;
    }
}
