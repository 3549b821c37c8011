/** The tuner: searches the hyperparameters of an algorithm, keeps a journal, and reports. */
@NullMarked
package dev.latent.training.tuning;

import org.jspecify.annotations.NullMarked;
