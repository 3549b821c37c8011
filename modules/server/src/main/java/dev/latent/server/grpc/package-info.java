/** The gRPC server: transport, threads, limits and the order of interceptors. */
@NullMarked
package dev.latent.server.grpc;

import org.jspecify.annotations.NullMarked;
