package dev.latent.interactions;

/**
 * What goes into a snapshot.
 *
 * @param typeWeights which types count, and how much
 * @param until interactions later than this are left out, before repeats combine: seconds since 1970 UTC
 */
public record SnapshotOptions(TypeWeights typeWeights, long until) {

    /** As {@link #until()}: all interactions, whatever their time. */
    public static final long ALWAYS = Long.MAX_VALUE;

    /**
     * Interactions of all times.
     *
     * @param typeWeights which types count, and how much
     */
    public SnapshotOptions(TypeWeights typeWeights) {
        this(typeWeights, ALWAYS);
    }

    /**
     * Every type, each with weight 1, and interactions of all times.
     *
     * @return the options
     */
    public static SnapshotOptions defaults() {
        return new SnapshotOptions(TypeWeights.ALL);
    }
}
