/**
 * Training and measuring on files alone: no server, no home, no store.
 *
 * <p>{@code OfflineData.read} turns files into snapshots with one numbering of users and items; {@code
 * OfflineAlgorithms.open} finds an algorithm by name; {@code OfflineTraining} trains it.
 */
@NullMarked
package dev.latent.training.offline;

import org.jspecify.annotations.NullMarked;
