/** The popularity baseline. */
@NullMarked
package dev.latent.algorithms.popularity;

import org.jspecify.annotations.NullMarked;
