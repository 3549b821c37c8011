/** Nearest items by their common users. */
@NullMarked
package dev.latent.algorithms.itemknn;

import org.jspecify.annotations.NullMarked;
