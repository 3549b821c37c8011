/** Stochastic gradient descent. */
@NullMarked
package dev.latent.algorithms.sgd;

import org.jspecify.annotations.NullMarked;
