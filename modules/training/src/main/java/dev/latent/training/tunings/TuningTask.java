package dev.latent.training.tunings;

/**
 * What the process of a search is given.
 *
 * @param snapshot directory
 * @param plugin path
 * @param pluginSha256 what it contained when the search was asked for
 * @param algorithm name
 * @param goal what to find
 */
record TuningTask(String snapshot, String plugin, String pluginSha256, String algorithm, TuningGoal goal) {}
