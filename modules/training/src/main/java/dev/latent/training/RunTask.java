package dev.latent.training;

import java.util.Optional;
import java.util.SortedMap;

/**
 * What the process of a run reads, {@code task.json}.
 *
 * @param runId of the run
 * @param snapshot directory of the snapshot
 * @param plugin jar or folder of the plugin
 * @param pluginSha256 what the plugin contained when the run was asked for
 * @param algorithm name
 * @param hyperparameters complete
 * @param seed of the run
 * @param threads to keep busy
 * @param split see {@link TrainingSpec#split()}
 * @param refit see {@link TrainingSpec#refit()}
 * @param earlyStopping see {@link TrainingSpec#earlyStopping()}
 * @param warmStart the version to start from
 * @param memoryBudget bytes that the algorithm may use, on and off the heap
 */
record RunTask(
        String runId,
        String snapshot,
        String plugin,
        String pluginSha256,
        String algorithm,
        SortedMap<String, String> hyperparameters,
        long seed,
        int threads,
        String split,
        boolean refit,
        Optional<EarlyStopping> earlyStopping,
        Optional<WarmStart> warmStart,
        long memoryBudget) {}
