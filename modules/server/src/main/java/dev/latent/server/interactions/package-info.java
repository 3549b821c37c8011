/** Interactions over gRPC: durable streams of writes, one user's history, forgetting a user. */
@NullMarked
package dev.latent.server.interactions;

import org.jspecify.annotations.NullMarked;
