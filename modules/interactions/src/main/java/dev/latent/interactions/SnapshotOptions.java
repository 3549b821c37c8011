package dev.latent.interactions;

/**
 * What goes into a snapshot.
 *
 * @param typeWeights which types count, and how much
 */
public record SnapshotOptions(TypeWeights typeWeights) {

    /**
     * Every type, each with weight 1.
     *
     * @return the options
     */
    public static SnapshotOptions defaults() {
        return new SnapshotOptions(TypeWeights.ALL);
    }
}
