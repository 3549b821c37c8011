package dev.latent.training.evaluations;

import dev.latent.models.EvaluationFacts.Basis;
import java.util.Optional;

/**
 * What the process of an evaluation is given.
 *
 * @param spec what to measure, with the number of threads
 * @param models directory of models
 * @param history snapshot of what the version is taken to have been trained on; empty when it is not measured itself
 * @param basis why it is taken for that
 * @param until the moment up to which that goes when it goes by time, seconds since 1970 UTC
 * @param dataset snapshot of the dataset as it is; empty when it is of no use
 * @param algorithm the version's; empty when its code is not needed
 * @param ease the baseline's; empty when there is none
 */
record EvaluationTask(
        EvaluationSpec spec,
        String models,
        Optional<String> history,
        Basis basis,
        long until,
        Optional<String> dataset,
        Optional<PluginFile> algorithm,
        Optional<PluginFile> ease) {

    /**
     * Where an algorithm is.
     *
     * @param path jar or folder of the plugin
     * @param sha256 what it contained when the evaluation was asked for
     * @param algorithm name
     */
    record PluginFile(String path, String sha256, String algorithm) {}
}
