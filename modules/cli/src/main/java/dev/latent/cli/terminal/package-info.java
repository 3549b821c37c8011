/** What is written to a terminal, and how. */
@NullMarked
package dev.latent.cli.terminal;

import org.jspecify.annotations.NullMarked;
