/** JMH benchmarks and the load generator. */
@NullMarked
package dev.latent.benchmarks;

import org.jspecify.annotations.NullMarked;
