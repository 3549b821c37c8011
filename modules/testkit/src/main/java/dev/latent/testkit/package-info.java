/**
 * Contract tests that every algorithm passes, and what they need: snapshots in memory, a recording listener, sections in
 * memory.
 *
 * <p>An algorithm's author extends {@link dev.latent.testkit.AlgorithmContract} in the tests of its jar.
 */
@NullMarked
package dev.latent.testkit;

import org.jspecify.annotations.NullMarked;
