/** Load on a running server. */
@NullMarked
package dev.latent.benchmarks.load;

import org.jspecify.annotations.NullMarked;
