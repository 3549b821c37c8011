/** GRPC services, serving views, telemetry. */
@NullMarked
package dev.latent.server;

import org.jspecify.annotations.NullMarked;
