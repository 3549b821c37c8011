/** Weighted alternating least squares. */
@NullMarked
package dev.latent.algorithms.wals;

import org.jspecify.annotations.NullMarked;
