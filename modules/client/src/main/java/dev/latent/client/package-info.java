/** The Java client. */
@NullMarked
package dev.latent.client;

import org.jspecify.annotations.NullMarked;
