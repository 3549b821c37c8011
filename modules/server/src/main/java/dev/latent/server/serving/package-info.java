/** Versions in memory: opened, warmed and swapped off the request path, answering on it. */
@NullMarked
package dev.latent.server.serving;

import org.jspecify.annotations.NullMarked;
