/** Top-K over embeddings. */
@NullMarked
package dev.latent.retrieval;

import org.jspecify.annotations.NullMarked;
