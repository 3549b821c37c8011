/** Models, versions, aliases and their ledger. */
@NullMarked
package dev.latent.cli.models;

import org.jspecify.annotations.NullMarked;
