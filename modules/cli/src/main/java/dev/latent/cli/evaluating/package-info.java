/** Measuring an algorithm on files, without a server, and versions on one. */
@NullMarked
package dev.latent.cli.evaluating;

import org.jspecify.annotations.NullMarked;
