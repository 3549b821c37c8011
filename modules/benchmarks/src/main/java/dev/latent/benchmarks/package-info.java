/** The command that runs the benchmarks. */
@NullMarked
package dev.latent.benchmarks;

import org.jspecify.annotations.NullMarked;
