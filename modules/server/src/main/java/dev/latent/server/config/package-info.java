/** What can be configured: one typed mapping a feature, their sources, and the report of what is wrong. */
@NullMarked
package dev.latent.server.config;

import org.jspecify.annotations.NullMarked;
