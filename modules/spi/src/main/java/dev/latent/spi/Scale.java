package dev.latent.spi;

/** How values of a numeric hyperparameter are spread when a tuner proposes them. */
public enum Scale {
    /** Equal differences are equally likely. */
    LINEAR,
    /** Equal ratios are equally likely; the range is above zero. */
    LOG
}
