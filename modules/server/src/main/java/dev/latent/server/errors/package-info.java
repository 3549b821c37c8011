/** What the API says when a call fails: one exception for endpoints, one mapping, one interceptor. */
@NullMarked
package dev.latent.server.errors;

import org.jspecify.annotations.NullMarked;
