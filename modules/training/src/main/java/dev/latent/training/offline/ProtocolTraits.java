package dev.latent.training.offline;

/**
 * What of a protocol decides how its metrics are understood.
 *
 * @param name as scripts have it
 * @param holdsOutUsers whether the measured users were not trained on, but folded in
 * @param ranksSamples whether lists are ranked among a few items
 */
public record ProtocolTraits(String name, boolean holdsOutUsers, boolean ranksSamples) {}
