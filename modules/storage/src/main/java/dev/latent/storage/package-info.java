/** Checksummed section files and the seam of file operations. */
@NullMarked
package dev.latent.storage;

import org.jspecify.annotations.NullMarked;
