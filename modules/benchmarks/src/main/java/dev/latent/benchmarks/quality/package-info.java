/** Measures what the algorithms reach on public data against the targets. */
@NullMarked
package dev.latent.benchmarks.quality;

import org.jspecify.annotations.NullMarked;
