/** Algorithms and plugins over gRPC. */
@NullMarked
package dev.latent.server.algorithms;

import org.jspecify.annotations.NullMarked;
