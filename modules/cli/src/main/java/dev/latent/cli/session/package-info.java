/** What all commands share: the server they talk to, the form of their output, their errors and exit codes. */
@NullMarked
package dev.latent.cli.session;

import org.jspecify.annotations.NullMarked;
