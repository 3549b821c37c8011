package dev.latent.spi;

/** As it may have been once. */
public interface Algorithm {
    String name();
}
