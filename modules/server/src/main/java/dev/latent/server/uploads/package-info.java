/** Files while clients send them. */
@NullMarked
package dev.latent.server.uploads;

import org.jspecify.annotations.NullMarked;
