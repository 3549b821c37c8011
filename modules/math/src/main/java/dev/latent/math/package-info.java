/** Math. */
@NullMarked
package dev.latent.math;

import org.jspecify.annotations.NullMarked;
