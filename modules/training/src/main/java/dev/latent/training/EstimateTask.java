package dev.latent.training;

import dev.latent.spi.SnapshotShape;
import java.util.SortedMap;

/**
 * What the process that asks a plugin for an estimate reads: one line on standard input.
 *
 * @param plugin jar or folder of the plugin
 * @param pluginSha256 what the plugin contained when it was loaded
 * @param algorithm name
 * @param hyperparameters complete
 * @param shape of the snapshot
 * @param threads of the run
 * @param heapLeft heap that the algorithm may have
 * @param totalLeft heap and native memory that the algorithm may have
 */
record EstimateTask(
        String plugin,
        String pluginSha256,
        String algorithm,
        SortedMap<String, String> hyperparameters,
        SnapshotShape shape,
        int threads,
        long heapLeft,
        long totalLeft) {}
