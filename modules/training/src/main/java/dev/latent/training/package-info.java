/** Runs in child processes, holdout reports, tuning. */
@NullMarked
package dev.latent.training;

import org.jspecify.annotations.NullMarked;
