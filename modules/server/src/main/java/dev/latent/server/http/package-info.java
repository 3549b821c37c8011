/** The HTTP port: metrics, liveness and readiness. */
@NullMarked
package dev.latent.server.http;

import org.jspecify.annotations.NullMarked;
