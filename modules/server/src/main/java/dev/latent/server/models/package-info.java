/** Models, versions, aliases and the ledger over gRPC. */
@NullMarked
package dev.latent.server.models;

import org.jspecify.annotations.NullMarked;
