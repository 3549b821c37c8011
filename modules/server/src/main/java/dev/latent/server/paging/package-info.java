/** Pages of lists, by the rules of AIP-158. */
@NullMarked
package dev.latent.server.paging;

import org.jspecify.annotations.NullMarked;
