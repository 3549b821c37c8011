/** Algorithms and plugins. */
@NullMarked
package dev.latent.cli.algorithms;

import org.jspecify.annotations.NullMarked;
