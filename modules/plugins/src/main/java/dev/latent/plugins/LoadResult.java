package dev.latent.plugins;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What became of a candidate. */
sealed interface LoadResult {

    /** Returns what to show of it. */
    PluginStatus status();

    /** Returns what to use of it. */
    Optional<LoadedPlugin> loaded();

    /** Its algorithms can be used. */
    record Loaded(LoadedPlugin plugin, Instant since) implements LoadResult {

        @Override
        public PluginStatus status() {
            return new PluginStatus(
                    plugin.name(),
                    plugin.version(),
                    plugin.spiVersion(),
                    plugin.path(),
                    PluginStatus.State.LOADED,
                    "",
                    plugin.algorithmNames(),
                    plugin.sha256(),
                    since);
        }

        @Override
        public Optional<LoadedPlugin> loaded() {
            return Optional.of(plugin);
        }
    }

    /** They cannot; nothing of the candidate's code is kept. */
    record Refused(PluginStatus status, boolean nameTaken) implements LoadResult {

        static Refused of(
                PluginCandidate candidate, PluginManifest manifest, PluginRefusedException refusal, Instant since) {
            PluginStatus status = new PluginStatus(
                    manifest.name(),
                    manifest.version(),
                    manifest.spiVersion(),
                    candidate.path(),
                    refusal.state(),
                    refusal.reason(),
                    List.of(),
                    "",
                    since);
            return new Refused(status, refusal.isNameTaken());
        }

        @Override
        public Optional<LoadedPlugin> loaded() {
            return Optional.empty();
        }
    }
}
