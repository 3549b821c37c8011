/** Speed of the numeric kernels beside the limits of the machine. */
@NullMarked
package dev.latent.benchmarks.kernels;

import org.jspecify.annotations.NullMarked;
