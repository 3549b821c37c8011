/** Health of the server and of each model, for load balancers and people. */
@NullMarked
package dev.latent.server.health;

import org.jspecify.annotations.NullMarked;
