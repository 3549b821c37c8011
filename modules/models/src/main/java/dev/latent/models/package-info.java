/** Sealed versions, aliases and the ledger. */
@NullMarked
package dev.latent.models;

import org.jspecify.annotations.NullMarked;
