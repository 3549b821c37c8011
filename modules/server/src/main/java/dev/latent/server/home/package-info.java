/** The home directory: its lock, its stores, and the order in which they open and close. */
@NullMarked
package dev.latent.server.home;

import org.jspecify.annotations.NullMarked;
