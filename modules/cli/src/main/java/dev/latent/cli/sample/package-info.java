/** A small catalogue of invented films with planted tastes. */
@NullMarked
package dev.latent.cli.sample;

import org.jspecify.annotations.NullMarked;
