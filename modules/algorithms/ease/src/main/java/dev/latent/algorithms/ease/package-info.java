/** The linear item-to-item model EASE. */
@NullMarked
package dev.latent.algorithms.ease;

import org.jspecify.annotations.NullMarked;
