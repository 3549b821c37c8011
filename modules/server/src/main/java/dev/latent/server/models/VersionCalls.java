package dev.latent.server.models;

import jakarta.inject.Inject;

/**
 * The calls about versions that send or receive more than a message.
 *
 * @param imports of embeddings
 * @param exports of embeddings
 * @param evaluations of versions
 */
record VersionCalls(VersionImports imports, VersionExports exports, VersionEvaluations evaluations) {

    @Inject
    VersionCalls {}
}
