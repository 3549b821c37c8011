/** What the ports have in common. */
@NullMarked
package dev.latent.server.ports;

import org.jspecify.annotations.NullMarked;
