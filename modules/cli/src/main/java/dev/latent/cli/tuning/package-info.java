/** Searching hyperparameters: on files alone, and on a server. */
@NullMarked
package dev.latent.cli.tuning;

import org.jspecify.annotations.NullMarked;
