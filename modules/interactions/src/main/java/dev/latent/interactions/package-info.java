/** Durable interaction store and snapshots. */
@NullMarked
package dev.latent.interactions;

import org.jspecify.annotations.NullMarked;
