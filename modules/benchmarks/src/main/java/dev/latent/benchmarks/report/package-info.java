/** What every benchmark prints beside its figures: the machine, as text and as JSON. */
@NullMarked
package dev.latent.benchmarks.report;

import org.jspecify.annotations.NullMarked;
