/** An algorithm as a stranger would write it. */
@NullMarked
package dev.latent.examples.algorithm;

import org.jspecify.annotations.NullMarked;
