/** Metrics: what is counted and timed, and under which names. */
@NullMarked
package dev.latent.server.telemetry;

import org.jspecify.annotations.NullMarked;
