/** Checks of a home, with a server or without. */
@NullMarked
package dev.latent.cli.offline;

import org.jspecify.annotations.NullMarked;
