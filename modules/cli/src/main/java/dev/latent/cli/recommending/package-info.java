/** Recommendations, similar items, scores, and how fast they come. */
@NullMarked
package dev.latent.cli.recommending;

import org.jspecify.annotations.NullMarked;
