/** Searches of hyperparameters on a server: kept like runs, made in processes of their own, ending in a run. */
@NullMarked
package dev.latent.training.tunings;

import org.jspecify.annotations.NullMarked;
