package dev.latent.interactions;

/** A dataset of that name exists already. */
public final class DatasetExistsException extends InteractionsException {

    private static final long serialVersionUID = 1;

    private final transient Dataset existing;

    DatasetExistsException(Dataset existing) {
        super("Dataset '" + existing.name() + "' exists already (repeat policy " + existing.policy() + ", created "
                + existing.created() + "); use it, choose another name or delete it first");
        this.existing = existing;
    }

    /**
     * Returns the dataset that is there.
     *
     * @return its declaration
     */
    public Dataset existing() {
        return existing;
    }
}
