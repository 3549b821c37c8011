/** Contract tests every algorithm jar must pass. */
@NullMarked
package dev.latent.testkit;

import org.jspecify.annotations.NullMarked;
