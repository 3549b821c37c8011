/** Runs over gRPC: starting, following and cancelling them. */
@NullMarked
package dev.latent.server.training;

import org.jspecify.annotations.NullMarked;
