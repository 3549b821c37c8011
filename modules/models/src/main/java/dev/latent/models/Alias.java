package dev.latent.models;

import java.time.Instant;

/**
 * A named pointer to a version, moved by compare-and-set.
 *
 * @param name for example {@code live}; same rule as a model's
 * @param version where it points
 * @param generation 1 when first set, one more with each move; goes on counting when the alias is removed and set again
 * @param updatedAt when it was last moved
 */
public record Alias(String name, int version, long generation, Instant updatedAt) {}
