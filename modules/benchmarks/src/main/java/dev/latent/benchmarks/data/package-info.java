/** Interactions in memory, as files hold them and as algorithms read them. */
@NullMarked
package dev.latent.benchmarks.data;

import org.jspecify.annotations.NullMarked;
