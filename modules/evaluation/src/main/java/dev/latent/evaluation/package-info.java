/** Splits, ranking and rating metrics. */
@NullMarked
package dev.latent.evaluation;

import org.jspecify.annotations.NullMarked;
