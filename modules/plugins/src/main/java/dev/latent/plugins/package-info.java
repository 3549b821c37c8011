/** Finds, checks, isolates and lists algorithm jars. */
@NullMarked
package dev.latent.plugins;

import org.jspecify.annotations.NullMarked;
