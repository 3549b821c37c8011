/** Runs: started, followed, listed and cancelled. */
@NullMarked
package dev.latent.cli.training;

import org.jspecify.annotations.NullMarked;
