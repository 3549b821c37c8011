/** The unpackable home of Latent. */
@NullMarked
package dev.latent.distribution;

import org.jspecify.annotations.NullMarked;
