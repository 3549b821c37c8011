package dev.latent.plugins;

import dev.latent.spi.Algorithm;

/** An instance made by a plugin's jar, beside what it says about itself. */
record AlgorithmProvider(Algorithm algorithm, AlgorithmDeclaration declaration) {}
