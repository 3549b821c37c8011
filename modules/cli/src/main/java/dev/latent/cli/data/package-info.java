/** Datasets, imports, interactions and users. */
@NullMarked
package dev.latent.cli.data;

import org.jspecify.annotations.NullMarked;
