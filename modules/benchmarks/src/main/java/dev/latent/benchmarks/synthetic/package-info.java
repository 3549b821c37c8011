/** Seeded data sets drawn from stated laws, with what the planted truth itself would reach. */
@NullMarked
package dev.latent.benchmarks.synthetic;

import org.jspecify.annotations.NullMarked;
