package dev.latent.interactions;

/** How the repeats of one (user, item, type) combine when they are read; all of them stay stored. */
public enum RepeatPolicy {
    /** The value of the latest time; of equal times, the one that arrived last. For ratings. */
    LAST,
    /** The sum of the values. For plays, views and purchases. */
    SUM,
    /** The greatest value. */
    MAX
}
