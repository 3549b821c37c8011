package dev.latent.training;

import dev.latent.interactions.InteractionStore;
import dev.latent.models.ModelStore;
import dev.latent.plugins.PluginRegistry;

/** What runs read from and publish to. */
record Rooms(InteractionStore interactions, ModelStore models, PluginRegistry plugins, SnapshotCache snapshots) {}
