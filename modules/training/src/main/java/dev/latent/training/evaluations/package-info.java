/** Evaluations of versions that exist: of a version as it is, and of its algorithm on parts of its dataset. */
@NullMarked
package dev.latent.training.evaluations;

import org.jspecify.annotations.NullMarked;
