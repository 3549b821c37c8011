/** The command latent. */
@NullMarked
package dev.latent.cli;

import org.jspecify.annotations.NullMarked;
