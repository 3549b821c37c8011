/** Datasets over gRPC: their life, their items, imports, and who hears of changes. */
@NullMarked
package dev.latent.server.datasets;

import org.jspecify.annotations.NullMarked;
