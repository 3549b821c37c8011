/** Times the training of one algorithm on one data set. */
@NullMarked
package dev.latent.benchmarks.training;

import org.jspecify.annotations.NullMarked;
